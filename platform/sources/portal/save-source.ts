import { api } from '#portal/ui'
import type { Connection } from '../contract.ts'
import type { SourceValues } from './source-form.tsx'

const bodyOf = (kind: Connection['kind'], { id: _, title, secret, connection, ...rest }: SourceValues) => ({
  ...rest,
  title: { zh: title.zh, en: title.en || title.zh },
  connection: {
    kind,
    ...Object.fromEntries(Object.entries(connection ?? {}).filter(([, value]) => value !== undefined && value !== '')),
    ...(kind === 'postgres' || kind === 'mysql' ? { tls: connection.tls ?? false } : {}),
  },
  ...(secret ? { secret } : {}),
})

/** Whether the source answers, and what it has. */
export const trySource = (kind: Connection['kind'], values: SourceValues) => {
  const { organisation, connection, ...rest } = bodyOf(kind, values)
  const secret = 'secret' in rest ? { secret: rest.secret } : {}
  return api.post<{ tables: number; names: readonly string[] }>('/api/sources/trial', {
    id: values.id,
    organisation,
    connection,
    ...secret,
  })
}

export const saveSource = (kind: Connection['kind'], values: SourceValues) =>
  api.put(`/api/sources/systems/${values.id}`, bodyOf(kind, values))
