import type { EntityKind } from '../run/gathered.ts'

/** How files stand in the audit log. */
export const SUBJECT: Readonly<Record<EntityKind, string>> = { person: 'one-file.person', firm: 'one-file.firm' }
