/**
 * Words by which people ask, and that say little of what they ask for. In comes a language, out come its function words
 * with the question words among them, and its words about the request itself (I am interested in articles that
 * describe ...). Of a query only: no word of a document is left out of an index. Terms as the analyzer makes them.
 */
import { FUNCTION_WORDS } from './function-words.ts'

/**
 * Function words besides those of function-words.ts, which must not hold what a neighbouring language has too. By
 * ISO 639-1 code.
 */
const MORE_FUNCTION_WORDS: Readonly<Record<string, string>> = {
  ar: 'ما ماذا متى أين كيف كم لماذا هل أي أية',
  da: 'hvem hvilken hvilket hvilke hvorfor hvornår',
  de: `was wer wen wem wessen welche welcher welches welchen welchem wann wo wohin warum weshalb wieso wozu wodurch womit
    worin ich du mich mir dich dir mein dein bitte etwa ob`,
  en: `a i me mine my myself you your yours yourself yourselves our ours ourselves her hers herself him himself itself
    themselves theirs what whom whose why am does did doing having being ever never very too again further
    once here against during until upon within without below down off per shall might ought us either
    neither rather quite else yet still already always often usually generally mostly mainly however therefore thus
    hence whether though although since among amongst onto toward towards another every anyone anybody someone somebody
    others i'm i've i'd it's that's what's there's don't doesn't didn't isn't aren't wasn't weren't can't won't`,
  es: 'qué quién quiénes cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde cómo yo tú',
  fr: `quel quelle quels quelles quoi pourquoi combien comment lequel laquelle lesquels est-ce je tu moi toi me te qu'est
    y en d l n s c j m t`,
  it: 'quale quali quanto quanta quanti quante perché dove chi come tu mi ti ci vi',
  nl: 'welke welk waarom hoeveel waarmee waarin waarvan jij jou u ons onze',
  no: 'hvem hvilken hvilket hvilke hvorfor når',
  pl: 'jaki jaka jakie kto kogo ile dlaczego skąd dokąd ja ty mnie',
  pt: 'quais quantos quantas quanto porquê onde eu tu me te',
  ru: `кто какой какая какое какие каких каким какую какого каком сколько почему зачем куда откуда чей чья чьё чем чему чего
    кем кого кому ты меня тебя`,
  sv: 'vem vilken vilket vilka varför hur när mig dig',
}

/** Words by which a language is told and that may well be asked for. */
const NO_FUNCTION_WORDS: Readonly<Record<string, string>> = { en: 'use used using via' }

/** Words that speak of the request and not of its subject. */
const REQUEST_WORDS: Readonly<Record<string, string>> = {
  de: `artikel information informationen finde finden suche suchen gesucht interessiert interesse beschreibt beschreiben
    beschreibung erkläre erklären zeige nenne bezüglich betreffend insbesondere thema beispiel beispiele`,
  en: `article articles paper papers document documents publication publications literature information interested
    interesting interest interests describe describes described describing description descriptions discuss discusses
    discussed discussing discussion discussions find finding concern concerns concerned concerning regard regarding
    relate relates related relating relevant deal deals dealing dealt pertain pertaining please want know look looking
    seek seeking tell explain explains explaining anything something mention mentions mentioned mentioning include
    includes including included particular particularly especially specifically aspect aspects topic topics subject
    subjects example examples written exist exists use used using`,
  es: `artículo artículos información buscar busco encontrar interesado interesa describe describen descripción explica
    explicar sobre relacionado relativo especialmente tema ejemplo ejemplos`,
  fr: `article articles information informations trouver cherche chercher intéressé intéresse décrit décrire description
    explique expliquer concernant particulier particulièrement notamment sujet exemple exemples`,
  it: `articolo articoli informazioni trovare cerco cercare interessato descrive descrivere descrizione spiega spiegare
    riguardo riguardante particolare soprattutto argomento esempio esempi`,
  nl: `artikel artikelen informatie vinden zoek zoeken geïnteresseerd beschrijft beschrijven beschrijving leg uitleggen
    betreffende bijzonder vooral onderwerp voorbeeld voorbeelden`,
  pt: `artigo artigos informação informações encontrar procuro interessado descreve descrever descrição explica explicar
    relacionado especialmente tema exemplo exemplos`,
  ru: `статья статьи информация информацию найти найди ищу интересует интересуют описывает описание описать расскажи
    объясни касающиеся особенно тема пример примеры`,
}

/** What a language's words do in a query. */
export interface AskingWords {
  readonly functionWords: ReadonlySet<string>
  readonly requestWords: ReadonlySet<string>
  /** Whether there is a list of function words; without one, commonness has to tell. */
  readonly isListed: boolean
}

const known = new Map<string, AskingWords>()

/** The lists of a language, an ISO 639-1 code; empty ones where there are none. */
export function askingWords(language: string): AskingWords {
  const kept = known.get(language)
  if (kept) return kept
  const listed = FUNCTION_WORDS[language]
  const functionWords = setOf(listed, MORE_FUNCTION_WORDS[language])
  for (const word of setOf(NO_FUNCTION_WORDS[language])) functionWords.delete(word)
  const words = {
    functionWords,
    requestWords: setOf(REQUEST_WORDS[language]),
    isListed: listed !== undefined,
  }
  known.set(language, words)
  return words
}

function setOf(...lists: (string | undefined)[]): Set<string> {
  return new Set(lists.flatMap(list => list?.split(/\s+/) ?? []).filter(word => word !== ''))
}
