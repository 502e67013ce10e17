/**
 * The words by which people ask in languages other than English (english-words.ts), as asking-words.ts describes them.
 * Loaded for an index that has documents in such a language.
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

/** Words that speak of the request and not of its subject. */
const REQUEST_WORDS: Readonly<Record<string, string>> = {
  de: `artikel information informationen finde finden suche suchen gesucht interessiert interesse beschreibt beschreiben
    beschreibung erkläre erklären zeige nenne bezüglich betreffend insbesondere thema beispiel beispiele`,
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

/** What there is for a language. */
export function listsOf(language: string): { functionWords: string[]; requestWords: string } {
  return {
    functionWords: [FUNCTION_WORDS[language] ?? '', MORE_FUNCTION_WORDS[language] ?? ''],
    requestWords: REQUEST_WORDS[language] ?? '',
  }
}
