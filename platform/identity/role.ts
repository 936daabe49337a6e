import type { Reach, Words } from '#runtime'

/** Staff serve the city; residents and firms are served by it. */
export type AccountKind = 'staff' | 'resident' | 'firm'

/** A role that a module proposes; administrators grant it to posts and may make others. */
export interface Role {
  /** `<module>.<who>`, e.g. `air.officer`. */
  readonly id: string
  readonly title: Words
  /** Rights with how far they reach from the organisation of the post. */
  readonly rights: Readonly<Record<string, Reach>>
  /** Kinds of account that hold it without any post, e.g. every resident; its rights may then reach `own` rows only. */
  readonly everyone?: readonly AccountKind[]
  /** Ids of posts of the demonstration city that hold it; `*` stands for anything: `county.*.ecology.officer`. */
  readonly demoPosts?: readonly string[]
}

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly roles?: readonly Role[]
  }
}
