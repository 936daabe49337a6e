import { type Declared, StartError } from '#runtime'
import { fieldMeta } from '../../fields.ts'

/** Stops the start for a dataset that names a field it does not have. @throws StartError */
export function checkDatasets(entries: readonly Declared<'datasets'>[]): void {
  for (const { module, entry } of entries) {
    const fields = new Set(Object.keys(entry.schema.properties))
    const named = [
      ...entry.key,
      ...(entry.list?.columns ?? []),
      ...(entry.list?.sort ?? []),
      ...(entry.list?.search ?? []),
      ...Object.values(entry.scope ?? {}),
    ].map((name) => String(name).replace(/^-/, ''))
    const missing = named.find((name) => !fields.has(name))
    if (missing)
      throw new StartError(`Dataset "${entry.id}" of "${module.id}" names "${missing}", which is no field of it.`)
    for (const [name, schema] of Object.entries(entry.schema.properties))
      if (!fieldMeta(schema as never))
        throw new StartError(`Field "${name}" of dataset "${entry.id}" is not made by \`field\`.`)
  }
}
