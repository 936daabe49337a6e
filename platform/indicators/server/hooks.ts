import { type App, StartError } from '#runtime'
import type { Indicators, WarningData } from '../contract.ts'
import type { Compute, Members } from '../indicator.ts'

/** What modules registered by name. */
export class Hooks {
  readonly compute = new Map<string, Compute>()
  readonly data = new Map<string, WarningData>()
  readonly members = new Map<string, Members>()

  readonly register: Indicators['hooks'] = ({ compute = {}, data = {}, members = {} }) => {
    add('compute', this.compute, compute)
    add('data', this.data, data)
    add('members', this.members, members)
  }

  /** @throws StartError for a declaration whose hook nobody registered */
  check(app: App): void {
    for (const { module, entry } of app.declared('indicators'))
      if (typeof entry.compute === 'string' && !this.compute.has(entry.compute))
        throw new StartError(
          `Indicator "${entry.id}" of module "${module.id}" names the hook "${entry.compute}", which it does not register.`,
        )
    for (const { module, entry } of app.declared('warnings'))
      if (!this.data.has(entry.data))
        throw new StartError(
          `Warning "${entry.id}" of module "${module.id}" names the hook "${entry.data}", which it does not register.`,
        )
  }
}

function add<T>(kind: string, known: Map<string, T>, given: Readonly<Record<string, T>>): void {
  for (const [name, hook] of Object.entries(given)) {
    if (known.has(name)) throw new StartError(`The ${kind} hook "${name}" is registered twice.`)
    known.set(name, hook)
  }
}
