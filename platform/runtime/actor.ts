/**
 * How far a right reaches. `own`: rows of the person; `unit`: of the post's organisation; `subtree`: of it and all
 * below; `city`: all.
 */
export type Reach = 'own' | 'unit' | 'subtree' | 'city'

/** A right as held by an actor through the post in use. */
export interface Scope {
  readonly reach: Reach
  /** Organisation of the post, e.g. `city.ecology`. */
  readonly organisation: string
  /** Materialised path of it from the root, `/`-separated, ends with `/`: `city/city.ecology/`. */
  readonly path: string
  /** Division code prefix the organisation answers for: `3709`, `370902`, `370902001`. */
  readonly division: string
}

/** Who acts. Every call carries one; system work has a named system actor. */
export interface Actor {
  readonly kind: 'person' | 'machine' | 'system' | 'visitor'
  /** Account id, token id, `system:<job>` or `visitor`. */
  readonly id: string
  /** Display name; never put into logs. */
  readonly name: string
  /** The post in use; absent for residents, machines and the system. */
  readonly post?: string
  /** Organisation of the post in use, or of the machine. */
  readonly organisation?: string
  /** Account that lent the post in use, while it is lent; audit records name both. */
  readonly onBehalfOf?: string
  readonly session?: string
  /** Every right held and how far it reaches. */
  readonly rights: ReadonlyMap<string, Scope>
}

/** The platform itself at work, e.g. `system('air.hourly')`; holds every right and is named in the audit log. */
export const system = (name: string): Actor => ({
  kind: 'system',
  id: `system:${name}`,
  name,
  rights: EVERY_RIGHT,
})

/** Somebody who is not signed in. */
export const visitor: Actor = { kind: 'visitor', id: 'visitor', name: '', rights: new Map() }

const WHOLE_CITY: Scope = { reach: 'city', organisation: 'city', path: 'city/', division: '' }

class EveryRight extends Map<string, Scope> {
  override get(): Scope {
    return WHOLE_CITY
  }
  override has(): boolean {
    return true
  }
}
const EVERY_RIGHT: ReadonlyMap<string, Scope> = new EveryRight()
