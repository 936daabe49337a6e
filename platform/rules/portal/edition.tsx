import { Alert, Card, Descriptions, Flex, Tag } from 'antd'
import { Rows, useWords } from '#portal/ui'
import { Numbers } from './numbers.tsx'
import type { Names, TriedPack, TriedVector } from './rule-types.ts'
import { validity } from './validity.ts'

/** One edition: where it is from and holds, notes, numbers, and the document's examples with what comes of them now. */
export function Edition({ pack, names }: { readonly pack: TriedPack; readonly names: Names }) {
  const t = useWords()
  const place = pack.locality === 'CN' ? t({ zh: '全国', en: 'The whole country' }) : pack.locality
  const items = [
    { label: { zh: '名称', en: 'Title' }, children: t(pack.title) },
    { label: { zh: '出处', en: 'Source' }, children: `${pack.source.document} · ${pack.source.clause}` },
    { label: { zh: '生效', en: 'In force' }, children: validity(pack, t) },
    { label: { zh: '适用地区', en: 'Applies in' }, children: place },
  ]
  return (
    <Flex vertical gap="middle">
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={items.map(({ label, children }) => ({ key: label.en, label: t(label), children }))}
      />
      {pack.notes.map((note) => (
        <Alert
          key={note.text.en}
          type={note.verified ? 'info' : 'warning'}
          showIcon
          title={t(note.text)}
          description={
            <>
              {note.clause} {!note.verified && <Tag color="gold">{t({ zh: '待核实', en: 'To be checked' })}</Tag>}
            </>
          }
        />
      ))}
      <Card title={t({ zh: '数值', en: 'Numbers' })}>
        <Numbers value={pack.tables} names={names} name={t({ zh: '数值', en: 'Numbers' })} />
      </Card>
      <Card title={t({ zh: '检验用例', en: 'Test vectors' })}>
        <Vectors vectors={pack.vectors} />
      </Card>
    </Flex>
  )
}

function Vectors({ vectors }: { readonly vectors: readonly TriedVector[] }) {
  const t = useWords()
  const json = (value: unknown) => <code className="dz-code">{JSON.stringify(value)}</code>
  return (
    <Rows<TriedVector>
      rows={vectors}
      rowKey={(vector) => vector.title}
      caption={{ zh: '检验用例', en: 'Test vectors' }}
      columns={[
        { id: 'title', title: { zh: '用例', en: 'Case' }, heading: true, show: (vector) => vector.title },
        { id: 'facts', title: { zh: '事实', en: 'Facts' }, show: (vector) => json(vector.facts) },
        { id: 'expected', title: { zh: '应得', en: 'Expected' }, show: (vector) => json(vector.expected) },
        {
          id: 'passed',
          title: { zh: '结论', en: 'Outcome' },
          width: 110,
          show: ({ passed }) =>
            passed ? (
              <Tag color="green">{t({ zh: '一致', en: 'Agrees' })}</Tag>
            ) : (
              <Tag color="red">{t({ zh: '不一致', en: 'Differs' })}</Tag>
            ),
        },
      ]}
    />
  )
}
