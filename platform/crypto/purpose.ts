import type { Words } from '#runtime'

/** What keys of one name are for; every key belongs to a declared purpose. */
export interface KeyPurpose {
  /** `<module>.<what>`, e.g. `registry.field`. */
  readonly id: string
  readonly title: Words
  /**
   * `seal`: encrypts stored fields; after a rotation they are sealed again and the old key is retired.
   * `mac` and `sign`: proves what was written; old keys stay for ever to verify with.
   */
  readonly use: 'seal' | 'mac' | 'sign'
}

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly keyPurposes?: readonly KeyPurpose[]
  }
}
