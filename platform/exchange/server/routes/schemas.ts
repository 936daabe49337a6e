import { Type } from 'typebox'

export const WordsView = Type.Object({ zh: Type.String(), en: Type.String() })
export const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
export const SHARING = ['unconditional', 'conditional', 'none'] as const
export const LEVELS = ['public', 'internal', 'sensitive', 'important', 'core'] as const
export const Done = Type.Object({ done: Type.Boolean() })
export const ById = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) })
export const Instant = Type.String({ format: 'date-time' })
/** What every answer under a grant bears: the number of its receipt, and what its digests were made with. */
export const Receipted = { receipt: Type.String(), nonce: Type.String() }
