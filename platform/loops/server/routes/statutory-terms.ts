import { type Static, Type } from 'typebox'
import { rules } from '#platform/rules'
import { type App, localDateAt } from '#runtime'
import { clockOf, type LawPack, lawPacks } from '../../rules/law.ts'
import { wordsSchema } from '../schemas.ts'

/** A term of a law as the editor offers it. */
export const TermView = Type.Object({
  law: wordsSchema,
  title: wordsSchema,
  limit: Type.String(),
  basis: wordsSchema,
  /** False for custody: a day off at the end does not move it. */
  rollover: Type.Optional(Type.Boolean()),
  /** By how much it may be extended once. */
  extension: Type.Optional(Type.String()),
  /** Something of the edition is still to be checked with the printed text. */
  toCheck: Type.Boolean(),
})

/** Every term of every law in the edition of today. */
export function termsInForce(app: App): Static<typeof TermView>[] {
  const today = localDateAt(app.now())
  return lawPacks(app.use(rules).all())
    .filter(({ validFrom, validTo }) => validFrom <= today && (validTo === null || today <= validTo))
    .flatMap(termsOf)
}

const termsOf = (pack: LawPack) =>
  Object.entries(pack.tables.terms).map(([name, { title, extension }]) => ({
    ...clockOf(pack, name),
    law: pack.tables.law,
    title,
    ...(extension ? { extension } : {}),
    toCheck: pack.notes.some(({ verified }) => !verified),
  }))
