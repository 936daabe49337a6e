import type { Generated, Insertable } from 'kysely'
import { type Db, type Reach, tables } from '#runtime'
import type { AccountKind, Organisation } from '../contract.ts'

/** Tables of this capability; what they mean is said in the migration. */
export interface IdentityTables {
  'identity.organisation': {
    id: string
    parent: string | null
    path: string
    division: string
    kind: Organisation['kind']
    name_zh: string
    name_en: string
    short: string
    closed_at: Date | null
  }
  'identity.account': {
    id: string
    account: string
    name: string
    kind: AccountKind
    organisation: string | null
    password_hash: string | null
    password_at: Date | null
    must_change: Generated<boolean>
    totp_sealed: Buffer | null
    totp_pending: Buffer | null
    totp_step: Generated<number>
    is_demo: Generated<boolean>
    disabled_at: Date | null
    created_at: Date
  }
  'identity.proof': {
    account: string
    number_sealed: Buffer
    name_sealed: Buffer
    by: string
    at: Date
  }
  'identity.post': {
    id: string
    title_zh: string
    title_en: string
    organisation: string
    closed_at: Date | null
  }
  'identity.role': {
    id: string
    title_zh: string
    title_en: string
    origin: 'declared' | 'own'
    kinds: Generated<AccountKind[]>
    retired_at: Date | null
  }
  'identity.role_right': { role: string; right_id: string; reach: Reach }
  'identity.post_role': { post: string; role: string }
  'identity.holding': {
    id: Generated<number>
    post: string
    account: string
    valid_from: Date
    valid_to: Date | null
  }
  'identity.delegation': {
    id: Generated<number>
    post: string
    from_account: string
    to_account: string
    valid_from: Date
    valid_to: Date
    reason: string
    revoked_at: Date | null
    created_at: Date
  }
  'identity.session': {
    id: string
    token_hash: Buffer
    account: string
    post: string | null
    created_at: Date
    seen_at: Date
    ended_at: Date | null
    address: string
    agent: string
  }
  'identity.api_token': {
    id: string
    token_hash: Buffer
    name: string
    organisation: string
    created_by: string
    created_at: Date
    expires_at: Date
    revoked_at: Date | null
    used_at: Date | null
  }
  'identity.api_token_right': { token: string; right_id: string; reach: Reach }
  'identity.sign_in_failure': {
    key: string
    failures: number
    first_at: Date
    locked_until: Date | null
  }
}

export type NewOrganisation = Insertable<IdentityTables['identity.organisation']>

/** A handle that knows this capability's tables. */
export const from = (db: Db) => tables<IdentityTables>(db)
