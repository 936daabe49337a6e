import { canonicalBytes, sm3Hex } from '#platform/crypto'

/** What a receipt says; canonical JSON of it is signed. */
export interface ReceiptRecord {
  /** `<run>-<number>`; the numbers of a run grow. */
  readonly id: string
  readonly at: string
  /** As the caller named it; of a refusal perhaps one that does not exist. */
  readonly grant: string
  readonly dataset: string | null
  /** Organisation for which the call was made. */
  readonly consumer: string | null
  /** Account or token that called. */
  readonly caller: string
  readonly way: string
  readonly fields: readonly string[]
  /** SM3 of the canonical JSON of `{ nonce, where, match }`; the nonce went to the caller with the answer. */
  readonly condition: string | null
  /** SM3 of the bytes that were answered. */
  readonly answer: string | null
  readonly rows: number
  /** `answered`, or the code of the refusal. */
  readonly outcome: string
  /** Of refusals that came too fast to tell each: how many it stands for. */
  readonly times?: number
}

/** Digest of a question that nobody can find by trying who has not got the nonce. */
export const conditionDigest = (question: Readonly<Record<string, unknown>>): string => sm3Hex(canonicalBytes(question))
