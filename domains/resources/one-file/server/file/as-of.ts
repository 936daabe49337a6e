import { Type } from 'typebox'

/** As when a file is shown: what we knew at an instant, and what was true on a day. */
export interface AsOf {
  readonly known?: Date | undefined
  /** `2024-05-01` */
  readonly valid?: string | undefined
}

export const AS_OF = {
  known: Type.Optional(Type.String({ format: 'date-time' })),
  valid: Type.Optional(Type.String({ format: 'date' })),
}

export const asOf = ({ known, valid }: { known?: string; valid?: string }): AsOf => ({
  known: known ? new Date(known) : undefined,
  valid,
})
