import { sql } from 'kysely'
import { identity } from '#platform/identity'
import { datasetDirectory, type SharedPlan, sharedRows } from '#platform/registry'
import { type App, type Db, type Work, words } from '#runtime'
import type { Grant, Grants } from '../../contract.ts'

/** Topic of the event after which every process reads a grant again; the key is the grant. */
const CHANGED = 'exchange.grant.changed'

interface GrantRow extends Omit<Grant, 'returnFlow' | 'madeAt'> {
  readonly made_at: Date
  readonly return_flow: boolean
}

/** A grant with what its calls need. */
export interface KnownGrant extends Grant {
  /** Path of the consumer organisation. */
  readonly path: string
  /** Organisation that answers for the dataset, and its path. */
  readonly owner: string
  readonly ownerPath: string
  /** Fields that are shown masked, so that nothing may be found out about them piece by piece. */
  readonly masked: ReadonlySet<string>
  readonly plan: SharedPlan
}

/** All grants, in memory: they are few, and a change is heard by every process. */
export class GrantStore implements Grants {
  readonly #app: App
  #known: ReadonlyMap<string, KnownGrant> = new Map()

  constructor(app: App) {
    this.#app = app
    app.hear(({ topic, key }) => {
      if (topic === CHANGED) void this.#again(key)
    })
  }

  find(id: string): KnownGrant | undefined {
    return this.#known.get(id)
  }

  ofDataset(dataset: string): readonly KnownGrant[] {
    return this.#active(({ dataset: own }) => own === dataset)
  }

  ofConsumer(organisation: string): readonly KnownGrant[] {
    return this.#active(({ consumer }) => consumer === organisation)
  }

  async lastCalls(db: Db): Promise<ReadonlyMap<string, string>> {
    const { rows } = await sql<{ dataset: string; day: string }>`select g.dataset, max(u.day)::text as day
      from exchange.usage u join exchange."grant" g on g.id = u.grant_id group by g.dataset`.execute(db)
    return new Map(rows.map(({ dataset, day }) => [dataset, day]))
  }

  all(): readonly KnownGrant[] {
    return [...this.#known.values()]
  }

  #active = (fits: (grant: KnownGrant) => boolean): readonly KnownGrant[] =>
    this.all().filter((grant) => grant.state === 'active' && fits(grant))

  async start(): Promise<void> {
    this.#known = new Map((await this.#read(this.#app.db)).map((grant) => [grant.id, grant]))
  }

  /** Makes the grant of a decided request; known here at once, elsewhere within a second. */
  async make(work: Work, grant: Omit<Grant, 'madeAt' | 'state'>): Promise<void> {
    this.#planOf(grant)
    if (grant.ways.includes('subscription')) await this.#app.use(sharedRows).follow(work, grant.dataset)
    await sql`insert into exchange."grant" (id, request, consumer, dataset, fields, whole, rows, purpose, basis, ways,
        quota, made_at, until, return_flow)
      values (${grant.id}, ${grant.request}, ${grant.consumer}, ${grant.dataset}, ${[...grant.fields]},
        ${[...grant.whole]}, ${JSON.stringify(grant.rows)}, ${grant.purpose}, ${grant.basis}, ${[...grant.ways]},
        ${grant.quota}, ${work.at}, ${grant.until}, ${grant.returnFlow})`.execute(work.tx)
    work.audit({ event: 'exchange.grant.made', subject: { kind: 'exchange.grant', id: grant.id } })
    await this.#tell(work, grant.id)
  }

  async renew(work: Work, id: string, until: string): Promise<void> {
    await sql`update exchange."grant" set until = ${until} where id = ${id}`.execute(work.tx)
    await this.#tell(work, id)
  }

  async end(work: Work, id: string, state: 'expired' | 'withdrawn'): Promise<void> {
    await sql`update exchange."grant" set state = ${state}, ended_at = ${work.at} where id = ${id}`.execute(work.tx)
    work.audit({ event: 'exchange.grant.ended', subject: { kind: 'exchange.grant', id }, details: { state } })
    work.enqueue('exchange.clear-away', {}, { key: 'now' })
    await this.#tell(work, id)
  }

  /** Here it holds from the commit on, in other processes when they hear of it. */
  async #tell(work: Work, id: string): Promise<void> {
    const [grant] = await this.#read(work.tx, id)
    work.emit({ topic: CHANGED, key: id, audience: { right: 'exchange.read' } })
    work.afterCommit(() => this.#put(id, grant))
  }

  #put(id: string, grant: KnownGrant | undefined): void {
    const known = new Map(this.#known)
    if (grant) known.set(id, grant)
    else known.delete(id)
    this.#known = known
  }

  /** What was put meanwhile is newer than what was read: then it is read again. */
  async #again(id: string): Promise<void> {
    try {
      for (;;) {
        const seen = this.#known
        const [grant] = await this.#read(this.#app.db, id)
        if (seen === this.#known) return this.#put(id, grant)
      }
    } catch (error) {
      this.#app.log.error({ err: error, grant: id }, 'a grant cannot be read again; it is not served')
      this.#put(id, undefined)
    }
  }

  async #read(db: Db, id?: string): Promise<KnownGrant[]> {
    const { rows } = await sql<GrantRow>`select id, request, consumer, dataset, fields, whole, rows, purpose, basis,
        ways, quota, made_at, until, state, return_flow from exchange."grant"
      where ${id === undefined ? sql`true` : sql`id = ${id}`}`.execute(db)
    const paths = new Map((await this.#app.use(identity).organisations(db)).map(({ id, path }) => [id, path]))
    return rows.flatMap(({ made_at, return_flow, ...row }) => {
      const grant = { ...row, madeAt: made_at, returnFlow: return_flow }
      const path = paths.get(grant.consumer) ?? `/${grant.consumer}/`
      const owner = this.#app.use(datasetDirectory).find(grant.dataset)?.source ?? ''
      const ownerPath = paths.get(owner) ?? `/${owner}/`
      try {
        return [{ ...grant, path, owner, ownerPath, masked: this.#maskedOf(grant), plan: this.#planOf(grant) }]
      } catch (error) {
        // A field that a later version of the dataset lacks: nothing is served rather than something else.
        this.#app.log.error({ err: error, grant: grant.id }, 'a grant does not fit its dataset any more')
        return []
      }
    })
  }

  #maskedOf({ dataset: id, fields, whole }: Pick<Grant, 'dataset' | 'fields' | 'whole'>): ReadonlySet<string> {
    const directory = this.#app.use(datasetDirectory)
    const dataset = directory.find(id)
    const hidden = (dataset ? directory.fields(dataset) : []).filter(({ meta }) => meta.personal || meta.mask)
    return new Set(hidden.map(({ name }) => name).filter((name) => fields.includes(name) && !whole.includes(name)))
  }

  #planOf = ({ dataset, fields, whole, rows }: Pick<Grant, 'dataset' | 'fields' | 'whole' | 'rows'>): SharedPlan =>
    this.#app.use(sharedRows).plan({ dataset, fields, whole, rows })
}

/** Said of a grant that there is not, or of which the caller may not know. */
export const NO_GRANT = words('没有此授权，或不属于您的单位', 'No such grant, or not of your unit')
