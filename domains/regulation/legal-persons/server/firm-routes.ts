import { Type } from 'typebox'
import { type AnyDataset, datasetExtracts, noteShown, registry } from '#platform/registry'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, type Work, words } from '#runtime'

const MOST = 20
/** More are not drawn; the dataset has them all. */
const RELATED = 200

const FirmLine = Type.Object({ code: Type.String(), name: Type.String(), kind: Type.String(), state: Type.String() })
const Related = Type.Object({
  code: Type.String(),
  name: Type.String(),
  percent: Type.Number(),
  since: Type.Union([Type.String(), Type.Null()]),
})

/** What the head of a portrait shows of the register. */
const SHOWN = ['code', 'name', 'kind', 'state', 'capital', 'establishedOn', 'closedOn', 'industry', 'address']

type Row = Readonly<Record<string, unknown>>
const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value))
const lineOf = (row: Row) => ({
  code: text(row.code),
  name: text(row.name),
  kind: text(row.kind),
  state: text(row.state),
})

/** The head of a firm's portrait: register, and who holds shares of whom. No person is named here. */
export const firmRoutes = (app: App): Route[] => {
  const of = (id: string): AnyDataset => app.use(datasetExtracts).get(id).dataset
  const list = async (work: Work, id: string, where: object, limit: number) =>
    (await app.use(registry).list(work, of(id), { where, limit })).rows
  const rows = async (...asked: Parameters<typeof list>): Promise<readonly Row[]> =>
    (await list(...asked)).map(({ value }) => value as Row)

  return [
    route({
      method: 'GET',
      path: '/api/firms',
      title: words('查找法人', 'Find firms'),
      right: 'legal-persons.read',
      audit: NOTHING_PERSONAL,
      query: Type.Object({ text: Type.String({ minLength: 2, maxLength: 60 }) }),
      response: Type.Object({ rows: Type.Array(FirmLine) }),
      example: { rows: [] },
      handler: async ({ query, work }) => {
        const wanted = query.text.trim()
        const where = /^[0-9A-Z]{18}$/.test(wanted) ? { code: { is: wanted } } : { name: { prefix: wanted } }
        return { rows: (await rows(work, 'base.firm', where, MOST)).map(lineOf) }
      },
    }),
    route({
      method: 'GET',
      path: '/api/firms/:code',
      title: words('法人登记和企业间持股', 'A firm in the register, with shares between firms'),
      right: 'legal-persons.read',
      audit: 'legal-persons.portrait.read',
      params: Type.Object({ code: Type.String({ maxLength: 18 }) }),
      response: Type.Object({
        firm: Type.Intersect([
          FirmLine,
          Type.Object({
            capital: Type.Union([Type.Number(), Type.Null()]),
            establishedOn: Type.String(),
            closedOn: Type.String(),
            industry: Type.String(),
            address: Type.String(),
          }),
        ]),
        /** Firms that hold shares of it, and of which it does; people are counted only. */
        parents: Type.Array(Related),
        subsidiaries: Type.Array(Related),
        people: Type.Object({ count: Type.Integer(), percent: Type.Number() }),
      }),
      example: { firm: {}, parents: [], subsidiaries: [], people: { count: 0, percent: 0 } },
      handler: async ({ params: { code }, work }) => {
        const [found] = await list(work, 'base.firm', { code: { is: code } }, 1)
        if (!found) throw new NotFound()
        const firm = found.value as Row
        const held = await rows(work, 'base.shareholding', { code: { is: code } }, RELATED)
        const holds = await rows(work, 'base.shareholding', { holderNumber: { is: code } }, RELATED)
        const related = (row: Row, of: string, name: string) => ({
          code: text(row[of]),
          name: text(row[name]),
          percent: Number(row.percent),
          since: row.since ? text(row.since) : null,
        })
        const people = held.filter((row) => row.holderKind === '自然人')
        const event = 'legal-persons.portrait.read'
        work.audit({ event, subject: { kind: 'base.firm', id: code } })
        noteShown(work, { event, dataset: of('base.firm'), rows: [found.id], fields: SHOWN })
        return {
          firm: {
            ...lineOf(firm),
            capital: firm.capital === undefined ? null : Number(firm.capital),
            establishedOn: text(firm.establishedOn),
            closedOn: text(firm.closedOn),
            industry: text(firm.industry),
            address: text(firm.address),
          },
          parents: held
            .filter((row) => row.holderKind === '企业法人')
            .map((row) => related(row, 'holderNumber', 'holder')),
          subsidiaries: holds.map((row) => related(row, 'code', 'firmName')),
          people: { count: people.length, percent: people.reduce((sum, row) => sum + Number(row.percent), 0) },
        }
      },
    }),
  ]
}
