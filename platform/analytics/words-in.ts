const WORD = /[\p{L}\p{N}_]+/gu

/** Words of a statement in lower case. Whatever it names is among them; one that is may still not be a name. */
export const wordsIn = (statement: string): ReadonlySet<string> => new Set(statement.toLowerCase().match(WORD))
