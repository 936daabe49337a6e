import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { documents } from '#platform/documents'
import { registry } from '#platform/registry'
import { type App, InvalidInput, NotFound, type Route, route, TooLarge, words } from '#runtime'
import { nodeDataset, planDataset } from '../../declarations/datasets.ts'
import { type Paragraph, readDocx } from '../report/docx.ts'
import { draftTree } from '../report/draft-tree.ts'
import { unitsOf } from '../sight.ts'
import { newPlan, planBody } from './plans.ts'

const LARGEST = 30 * 1024 * 1024
const MOST_NODES = 3000

/** `POST /api/supervision/reports`: a work report, as an uploaded .docx or as text, becomes a draft to edit. */
export const importRoute = (app: App): Route =>
  route({
    method: 'POST',
    path: '/api/supervision/reports',
    title: words('由工作报告生成草稿', 'Draft from a work report'),
    right: 'supervision.cloud.plan',
    audit: 'supervision.cloud.report.parsed',
    body: Type.Object(
      {
        ...planBody,
        file: Type.Optional(Type.String({ maxLength: 64 })),
        text: Type.Optional(Type.String({ maxLength: 500_000 })),
      },
      { additionalProperties: false },
    ),
    bodyLimit: 2 * 1024 * 1024,
    response: Type.Object({ id: Type.String(), nodes: Type.Integer(), doubts: Type.Integer() }),
    example: { id: 'a1b2', nodes: 120, doubts: 4 },
    handler: async ({ body: { file, text, ...given }, work, actor }) => {
      const paragraphs = file === undefined ? paragraphsOf(text ?? '') : readDocx(await bytesOf(app, file, actor.id))
      const plan = { ...newPlan(given), ...(file === undefined ? {} : { report: file }) }
      const units = await unitsOf(app)
      const counties = [...units.values()]
        .filter(({ id }) => /^county\.\d{6}\.government$/.test(id))
        .map(({ id }) => id)
      const draft = draftTree(paragraphs, {
        plan: plan.id,
        year: plan.year,
        startsOn: plan.startsOn,
        endsOn: plan.endsOn,
        units: [...units.values()].map(({ id, name, short }) => ({ id, name: name.zh, short })),
        counties,
        divisionOf: (unit) => {
          const division = units.get(unit)?.division
          return division !== undefined && /^\d{6}/.test(division) ? division.slice(0, 6) : undefined
        },
      })
      if (draft.nodes.length === 0)
        throw new InvalidInput(
          'nothing-numbered',
          words('没有找到带序号的任务（一、（一）1.（1）)', 'No numbered tasks were found'),
        )
      if (draft.nodes.length > MOST_NODES)
        throw new TooLarge('too-many-tasks', words('任务过多，请拆分', 'Too many tasks: split it'))
      await app.use(registry).write(work, planDataset, [plan])
      await app.use(registry).write(work, nodeDataset, draft.nodes)
      if (file !== undefined)
        await app.use(documents).attach(work, [file], { kind: 'supervision.cloud.plan', id: plan.id })
      const doubts = draft.nodes.filter((node) => (node.doubts ?? []).length > 0).length
      work.audit({
        event: 'supervision.cloud.report.parsed',
        subject: { kind: 'supervision.cloud.plan', id: plan.id },
        details: { nodes: draft.nodes.length, doubts },
      })
      return { id: plan.id, nodes: draft.nodes.length, doubts }
    },
  })

const paragraphsOf = (text: string): Paragraph[] =>
  text
    .split(/\r?\n/)
    .map((line) => ({ text: line.trim(), heading: 0 }))
    .filter((line) => line.text !== '')

/** The uploader's own file. @throws NotFound, TooLarge */
async function bytesOf(app: App, id: string, actor: string): Promise<Uint8Array> {
  const file = await app.use(documents).find(id)
  if (!file || file.uploadedBy !== actor) throw new NotFound('no-file', words('没有这个文件', 'There is no such file'))
  if (file.size > LARGEST) throw new TooLarge('file-too-large', words('文件过大', 'The file is too large'))
  const stream: Readable = await app.use(documents).open(id)
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
