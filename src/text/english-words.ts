/**
 * The words of English that say little, apart from those of other languages: a search in English texts needs no others.
 * Separated by spaces, as the analyzer makes them.
 */
export const ENGLISH = {
  /** By which the language is told; see function-words.ts. */
  functionWords: `the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one
    you were all her she there would their we him been has when who will no more if out so up what its about than into
    them can only other some could these two may then do first any my now such like our over me even most made after
    also did many must before see through where how your should because each those being between both while under use
    used using via does cannot`,
  /** Function words besides, of queries; see asking-lists.ts. */
  furtherFunctionWords: `a i me mine my myself you your yours yourself yourselves our ours ourselves her hers herself him himself itself
    themselves theirs what whom whose why am does did doing having being ever never very too again further
    once here against during until upon within without below down off per shall might ought us either
    neither rather quite else yet still already always often usually generally mostly mainly however therefore thus
    hence whether though although since among amongst onto toward towards another every anyone anybody someone somebody
    others i'm i've i'd it's that's what's there's don't doesn't didn't isn't aren't wasn't weren't can't won't`,
  /** Words by which the language is told and that may well be asked for. */
  noFunctionWords: 'use used using via',
  /** Words that speak of the request and not of its subject. */
  requestWords: `article articles paper papers document documents publication publications literature information interested
    interesting interest interests describe describes described describing description descriptions discuss discusses
    discussed discussing discussion discussions find finding concern concerns concerned concerning regard regarding
    relate relates related relating relevant deal deals dealing dealt pertain pertaining please want know look looking
    seek seeking tell explain explains explaining anything something mention mentions mentioned mentioning include
    includes including included particular particularly especially specifically aspect aspects topic topics subject
    subjects example examples written exist exists use used using`,
}
