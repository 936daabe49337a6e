import type { Reach, Words } from '#runtime'

/** A role that a module proposes; administrators grant it to posts and may make others. */
export interface Role {
  /** `<module>.<who>`, e.g. `air.officer`. */
  readonly id: string
  readonly title: Words
  /** Rights with how far they reach from the organisation of the post. */
  readonly rights: Readonly<Record<string, Reach>>
}

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly roles?: readonly Role[]
  }
}
