import type { Random } from './random.ts'
import { ERAS, RARE, type Sex, SURNAME_WEIGHTS, SURNAMES, TRANSCRIBED } from './tables.ts'

const RARE_RATE = 0.004

export interface GivenName {
  readonly text: string
  /** First character, which twins share. */
  readonly first: string
}

export const surname = (random: Random): string => SURNAMES[random.weighted(SURNAME_WEIGHTS)] ?? '王'

/** A given name of the time; frequent characters stand first in the table and are chosen more often. */
export function givenName(random: Random, sex: Sex, year: number, first?: string): GivenName {
  const era = ERAS.find((one) => one.sex === sex && year <= one.until)
  const characters = era?.characters ?? []
  const draw = () => characters[Math.floor(characters.length * random.next() ** 1.6)] ?? '文'
  const head = first ?? draw()
  if (!first && random.chance(era?.single ?? 0))
    return { text: random.chance(RARE_RATE) ? random.pick(RARE) : head, first: head }
  return { text: head + (random.chance(RARE_RATE) ? random.pick(RARE) : draw()), first: head }
}

/** A name with the dot · of peoples whose names have no surname, with the people's name. */
export function transcribedName(random: Random): { name: string; nation: string } {
  const own = random.pick(TRANSCRIBED)
  const fathers = TRANSCRIBED.filter((one) => one.nation === own.nation)
  return { name: `${own.name}·${random.pick(fathers).father}`, nation: own.nation }
}
