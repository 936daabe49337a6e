import { service } from '#runtime'

/** What `npm run audit:verify` found. */
export interface Verification {
  readonly whole: boolean
  readonly checked: number
  /** The first record that does not fit, and how. */
  readonly first?: { readonly id: string; readonly fault: 'changed' | 'removed' | 'inserted' | 'signature' }
}

export interface AuditLog {
  /** Walks chain, check points and signatures from the beginning. */
  verify(progress?: (checked: number) => void): Promise<Verification>
  /** Links and signs everything written so far; also done every few seconds. */
  seal(): Promise<void>
}
export const auditLog = service<AuditLog>('audit')
