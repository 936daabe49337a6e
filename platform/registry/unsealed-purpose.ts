import type { Words } from '#runtime'

/** Why the program itself reads rows unsealed and in bulk: a module declares it, nobody else may. */
export interface UnsealedPurpose {
  /** `<module>.<what for>`, e.g. `one-file.match`; stands in the audit log with every such read. */
  readonly id: string
  readonly title: Words
  /** Datasets that may be read for it. */
  readonly datasets: readonly string[]
}

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly unsealedPurposes?: readonly UnsealedPurpose[]
  }
}
