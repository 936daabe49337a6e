import { Alert, Descriptions, Flex } from 'antd'
import { Chart, useWords } from '#portal/ui'
import { FAILURES } from '../../rules/failures.ts'
import type { TestView } from './manage-types.ts'

/** The test drawn: in groups of what size the rows are, and what the limits say. */
export function TestResult({ test }: { readonly test: TestView }) {
  const t = useWords()
  const { facts } = test
  return (
    <Flex vertical gap="small">
      <Alert
        type={test.passed ? 'success' : 'error'}
        showIcon
        title={
          test.passed
            ? t({ zh: '检验通过', en: 'Passed' })
            : t({ zh: '检验未通过，不能发布', en: 'Failed; cannot be published' })
        }
        description={test.failures.map((id) => <div key={id}>{t(FAILURES[id] ?? { zh: id, en: id })}</div>)}
      />
      {facts.persons ? (
        <>
          <Descriptions
            size="small"
            column={{ xs: 1, sm: 2, lg: 3 }}
            items={[
              { key: 'k', label: t({ zh: '最小组行数 k', en: 'Smallest group, k' }), children: facts.k },
              { key: 'l', label: t({ zh: '敏感取值数 l', en: 'Sensitive values, l' }), children: facts.l ?? '—' },
              {
                key: 'small',
                label: t({ zh: '小组中的行', en: 'Rows in small groups' }),
                children: facts.smallCellRows,
              },
              {
                key: 'unique',
                label: t({ zh: '独一无二的行', en: 'Unique rows' }),
                children: `${facts.uniquePercent} %`,
              },
              {
                key: 'linked',
                label: t({ zh: '可与已开放数据对上', en: 'Linked with open data' }),
                children: `${facts.linkedPercent} %`,
              },
              { key: 'pack', label: t({ zh: '规则版本', en: 'Rule pack' }), children: test.pack },
            ]}
          />
          <Linked test={test} />
          <Groups test={test} />
        </>
      ) : (
        t({ zh: '数据不涉及个人，不需检验组大小。', en: 'The rows are not about persons; no groups to test.' })
      )}
    </Flex>
  )
}

/** With what the rows could be put together, and by which fields. */
function Linked({ test: { linked } }: { readonly test: TestView }) {
  const t = useWords()
  const found = linked.filter(({ rows }) => rows > 0)
  if (found.length === 0) return null
  return (
    <ul>
      {found.map(({ entry, fields, rows }) => (
        <li key={`${entry} ${fields.join()}`}>
          {t({
            zh: `有 ${rows} 行可按 ${fields.join('、')} 与“${entry}”对上`,
            en: `${rows} rows can be put together with "${entry}" by ${fields.join(', ')}`,
          })}
        </li>
      ))}
    </ul>
  )
}

function Groups({ test: { groups } }: { readonly test: TestView }) {
  const t = useWords()
  if (groups.length === 0) return null
  const [size, rows] = [t({ zh: '组的行数', en: 'Rows of the group' }), t({ zh: '数据行', en: 'Rows' })]
  return (
    <Chart
      height={220}
      label={{ zh: '准标识符相同的行有多少', en: 'How many rows share their quasi-identifiers' }}
      table={{ columns: [size, rows], rows: groups.map((each) => [each.size, each.rows]) }}
      option={{
        tooltip: {},
        grid: { left: 56, right: 24, top: 32, bottom: 40 },
        xAxis: {
          type: 'category',
          name: size,
          nameLocation: 'middle',
          nameGap: 28,
          data: groups.map((each) => each.size),
        },
        yAxis: { type: 'value', name: rows, nameTextStyle: { align: 'left' } },
        series: [{ type: 'bar', data: groups.map((each) => each.rows), label: { show: true, position: 'top' } }],
      }}
    />
  )
}
