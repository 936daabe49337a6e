import { Type } from 'typebox'
import { type Action, type LoopDefinition, loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'

const closed = { additionalProperties: false } as const
const about = {
  tag: field.text(words('标签', 'Tag')),
  title: field.text(words('标签名称', 'Name of the tag')),
  owner: field.organisation(words('责任单位', 'Owner')),
} as const
const answerForm = Type.Object({ answer: field.longText(words('答复', 'Answer'), { min: 1, max: 4000 }) }, closed)
const answering = { right: 'tags.answer', organisationIn: 'owner' } as const

const upheld: Action = {
  title: words('异议成立，已更正', 'Upheld and mended'),
  from: ['considering'],
  to: 'upheld',
  form: answerForm,
  look: 'primary',
}
const refused: Action = {
  title: words('异议不成立', 'Not upheld'),
  from: ['considering'],
  to: 'refused',
  form: answerForm,
}

/** Whoever carries a tag, or works with it, says that it is wrong; its owner answers. */
const objection = loop({
  id: 'tags.objection',
  version: 1,
  title: words('标签异议', 'Objection to a tag'),
  data: Type.Object(
    {
      ...about,
      member: field.text(words('对象编码', 'Code of the member')),
      name: field.text(words('对象名称', 'Name of the member')),
      value: Type.Optional(field.text(words('标签值', 'Value'), { min: 0 })),
      reason: field.longText(words('异议理由', 'Reason'), { min: 2, max: 2000 }),
      answer: Type.Optional(field.longText(words('答复', 'Answer'))),
    },
    closed,
  ),
  headline: words('标签异议：{name}的“{title}”', 'Objection: “{title}” of {name}'),
  start: 'considering',
  places: {
    considering: {
      title: words('核实', 'Considered'),
      kind: 'open',
      assign: answering,
      clock: { limit: '10wd', basis: words('标签管理办法（示范）', 'Scheme of tags (demonstration)') },
    },
    upheld: { title: words('成立', 'Upheld'), kind: 'end', outcome: 'done' },
    refused: { title: words('不成立', 'Not upheld'), kind: 'end', outcome: 'refused' },
  },
  actions: { upheld, refused },
  evaluation: Type.Object({ satisfied: field.boolean(words('是否满意', 'Satisfied')) }, closed),
})

const mended: Action = {
  title: words('已改进', 'Mended'),
  from: ['mending'],
  to: 'mended',
  form: answerForm,
  look: 'primary',
}

/** A tag that reviewers or a run found wanting: its owner mends it. */
const quality = loop({
  id: 'tags.quality',
  version: 1,
  title: words('标签质量', 'Quality of a tag'),
  data: Type.Object(
    {
      ...about,
      finding: field.longText(words('发现的问题', 'Finding')),
      answer: Type.Optional(field.longText(words('答复', 'Answer'))),
    },
    closed,
  ),
  headline: words('标签质量：{title}', 'Quality of the tag {title}'),
  start: 'mending',
  places: {
    mending: {
      title: words('改进', 'Mended'),
      kind: 'open',
      assign: answering,
      clock: { limit: '20wd', basis: words('标签管理办法（示范）', 'Scheme of tags (demonstration)') },
    },
    mended: { title: words('已改进', 'Done'), kind: 'end', outcome: 'done' },
  },
  actions: { mended },
})

export const tagLoops: readonly LoopDefinition[] = [objection, quality]
