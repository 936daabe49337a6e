import {
  type AnyDataset,
  citizenCheckDigit,
  type DatasetDefinition,
  dataDesk,
  datasetDirectory,
  registry,
} from '#platform/registry'
import { client, machineClient, type SignedInClient, type TestApp } from '#platform/testing'
import { system, words } from '#runtime'

/** A small dataset of persons that another unit answers for. */
const definition: DatasetDefinition = {
  name: 'shared-person',
  title: words('常住人员登记簿', 'Register of residents'),
  about: words('公安机关登记的常住人口', 'Residents as registered by the police'),
  source: 'city.police',
  fields: [
    { name: 'idNumber', kind: 'identity', title: words('公民身份号码', 'Citizen number'), required: true },
    { name: 'name', kind: 'text', title: words('姓名', 'Name'), personal: true, mask: 'name', required: true, max: 60 },
    { name: 'division', kind: 'division', title: words('户籍地区划', 'Division of registration') },
    { name: 'street', kind: 'text', title: words('街道代码', 'Street code'), sharing: 'unconditional', max: 20 },
    { name: 'income', kind: 'decimal', title: words('年收入', 'Income of the year'), personal: true, unit: 'CNY' },
    { name: 'remark', kind: 'text', title: words('内部备注', 'Internal remark'), sharing: 'none', max: 200 },
  ],
  key: ['idNumber'],
  level: 'sensitive',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 0,
  scope: { division: 'division' },
}
export const PERSONS = 'city.shared-person'

export const DIVISIONS = ['370902001001', '370911002001', '370902003001'] as const

/** A valid citizen number of this test. */
export function idNumber(n: number): string {
  const first = `37090219900101${String(n).padStart(3, '0')}`
  return `${first}${citizenCheckDigit(first)}`
}

/** Defines the dataset and puts so many persons into it. */
export async function sharePersons({ app }: TestApp, count: number): Promise<void> {
  await app.work(system('test'), (work) => app.use(dataDesk).define(work, definition))
  await writePersons(
    { app },
    Array.from({ length: count }, (_, n) => person(n)),
  )
}

function personsOf({ app }: Pick<TestApp, 'app'>): AnyDataset {
  const dataset = app.use(datasetDirectory).find(PERSONS)
  if (!dataset) throw new TypeError('not defined')
  return dataset
}

export const writePersons = (on: Pick<TestApp, 'app'>, rows: readonly object[]) =>
  on.app.work(system('test'), (work) => on.app.use(registry).write(work, personsOf(on), rows as never))

export const removePersons = (on: Pick<TestApp, 'app'>, numbers: readonly number[]) =>
  on.app.work(system('test'), (work) =>
    on.app.use(registry).remove(
      work,
      personsOf(on),
      numbers.map((n) => ({ idNumber: idNumber(n) })),
    ),
  )

export const person = (n: number) => ({
  idNumber: idNumber(n),
  name: `张${'甲乙丙丁戊'[n % 5]}${n}`,
  division: DIVISIONS[n % DIVISIONS.length],
  street: `S${n % 3}`,
  income: 1000 * (1 + (n % 4)),
  remark: `备注${n}`,
})

const APPLICANT = { 'exchange.apply': 'unit', 'exchange.call': 'unit', 'exchange.read': 'subtree' } as const

/** Who applies, who decides, who arbitrates. */
export async function parties(app: TestApp) {
  const catalogue = { 'exchange.catalogue.read': 'own' } as const
  return {
    applicant: await client(app, { rights: { ...APPLICANT, ...catalogue }, organisation: 'city.ecology' }),
    county: await client(app, { rights: APPLICANT, organisation: 'county.370902.big-data' }),
    owner: await client(app, {
      rights: { 'exchange.decide': 'subtree', 'exchange.read': 'subtree' },
      organisation: 'city.police',
    }),
    bureau: await client(app, {
      rights: {
        'exchange.arbitrate': 'city',
        'exchange.read': 'city',
        'exchange.call': 'city',
        'identity.token.write': 'city',
      },
      organisation: 'city.big-data',
    }),
  }
}

export const application = (more: Record<string, unknown> = {}) => ({
  dataset: PERSONS,
  fields: ['idNumber', 'name', 'division'],
  whole: ['name'],
  purpose: '核对环保补贴申请人',
  basis: '大气污染防治法第六条',
  until: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
  quota: 1000,
  ways: ['query', 'compare'],
  ...more,
})

/** Acts on a matter as its page does. */
export async function act(who: SignedInClient, matter: string, action: string, form?: unknown) {
  const { body } = await who.get(`/api/loops/${matter}`)
  return who.post(`/api/loops/${matter}/actions`, {
    action,
    revision: body.matter?.revision ?? 1,
    key: crypto.randomUUID(),
    ...(form ? { form } : {}),
  })
}

/** Applies and has the owner grant it; the number of the grant. */
export async function granted(
  { applicant, owner }: { readonly applicant: SignedInClient; readonly owner: SignedInClient },
  more: Record<string, unknown> = {},
  form: unknown = {},
): Promise<{ grant: string; request: string }> {
  const applied = await applicant.post('/api/exchange/requests', application(more))
  if (applied.status !== 200) throw new TypeError(JSON.stringify(applied.body))
  const { request } = applied.body
  const decided = await act(owner, request, 'grant', form)
  if (decided.status !== 200) throw new TypeError(JSON.stringify(decided.body))
  const { body } = await applicant.get('/api/exchange/grants')
  const own = body.rows.find((row: { request: string }) => row.request === request)
  return { grant: own.id, request }
}

/** A call under a grant as a machine of the consumer makes it; the text as it came. */
export async function machineCall(app: TestApp, token: string, path: string, body: unknown, request: string) {
  const answer = await fetch(`${app.address}/api/exchange/grants/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'accept-language': 'en',
      ...(request === '' ? {} : { 'x-request-id': request }),
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, body: JSON.parse(text), text, type: answer.headers.get('content-type') }
}

/** A machine of a unit. */
export async function machineOf(app: TestApp, bureau: SignedInClient, organisation: string) {
  const made = await bureau.post('/api/identity/tokens', {
    name: 'consumer',
    organisation,
    rights: { 'exchange.call': 'unit' },
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  })
  if (made.status !== 200) throw new TypeError(JSON.stringify(made.body))
  return { client: machineClient(app, made.body.token), token: made.body.token as string }
}
