const RUNS = /[\p{Script=Han}]+|[\p{L}\p{N}]+/gu
const HAN = /^\p{Script=Han}/u

/** Words of Latin letters as they are, Chinese as single signs and pairs: it has no spaces to divide it by. */
export function indexTokens(text: string): string[] {
  return runsOf(text).flatMap((run) => (HAN.test(run) ? [...[...run], ...pairs(run)] : [run]))
}

/** Of a question the pairs decide; a single sign stands for itself. */
export function questionTokens(text: string): string[] {
  return runsOf(text).flatMap((run) => (!HAN.test(run) || [...run].length === 1 ? [run] : pairs(run)))
}

export const isLatin = (token: string): boolean => !HAN.test(token)

const runsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .match(RUNS) ?? []

function pairs(run: string): string[] {
  const signs = [...run]
  return signs.slice(1).map((sign, at) => `${signs[at]}${sign}`)
}
