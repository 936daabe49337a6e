import { Typography } from 'antd'
import { Rows, useWords } from '#portal/ui'
import type { Operation, Parameter } from './api-document.ts'

/** Parameters, body, answer and example of one call. */
export function OperationView({ operation }: { readonly operation: Operation }) {
  const t = useWords()
  const answer = Object.values(operation.responses?.['200']?.content ?? {})[0]
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  return (
    <div className="dz-operation">
      <Typography.Text>{operation.description}</Typography.Text>
      {operation.parameters && operation.parameters.length > 0 && (
        <Rows<Parameter>
          rows={operation.parameters}
          rowKey={(parameter) => parameter.name}
          caption={{ zh: '参数', en: 'Parameters' }}
          columns={[
            { id: 'name', title: { zh: '参数', en: 'Parameter' }, show: (row) => row.name, heading: true },
            { id: 'in', title: { zh: '位置', en: 'In' }, show: (row) => row.in },
            { id: 'type', title: { zh: '类型', en: 'Type' }, show: (row) => row.schema?.type ?? '—' },
            { id: 'required', title: { zh: '必填', en: 'Required' }, show: (row) => t(row.required ? YES : NO) },
            { id: 'about', title: { zh: '说明', en: 'About' }, show: (row) => row.schema?.description ?? '—' },
          ]}
        />
      )}
      {body !== undefined && <Code title={t({ zh: '请求体', en: 'Body' })} value={body} />}
      {answer?.example !== undefined && (
        <Code title={t({ zh: '返回示例', en: 'Example of the answer' })} value={answer.example} />
      )}
      {answer?.schema !== undefined && (
        <Code title={t({ zh: '返回结构', en: 'Shape of the answer' })} value={answer.schema} />
      )}
    </div>
  )
}

function Code({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <section>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <pre className="dz-code" tabIndex={0}>
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </pre>
    </section>
  )
}

const YES = { zh: '是', en: 'Yes' }
const NO = { zh: '否', en: 'No' }
