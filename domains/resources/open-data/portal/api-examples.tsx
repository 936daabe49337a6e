import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Typography } from 'antd'
import { Failure, useWords } from '#portal/ui'
import type { DatasetView } from './types.ts'

const SHOWN = 3_000

/** Calls that run as they stand here: press, and see the answer. */
export function ApiExamples({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const [column] = dataset.current.columns.filter(({ kind }) => kind !== 'point' && kind !== 'json')
  const sort = column?.name ?? ''
  const examples = [
    { title: { zh: '前五行', en: 'The first five rows' }, path: `/api/open-data/datasets/${dataset.id}/rows?limit=5` },
    {
      title: { zh: `按“${column?.title.zh}”倒序`, en: `Ordered by "${column?.title.en}", downwards` },
      path: `/api/open-data/datasets/${dataset.id}/rows?sort=-${sort}&limit=5`,
    },
    {
      title: { zh: 'CKAN 数据接口', en: "CKAN's DataStore API" },
      path: `/api/3/action/datastore_search?resource_id=${dataset.id}-csv&limit=5`,
    },
    { title: { zh: 'CKAN 说明接口', en: "CKAN's description" }, path: `/api/3/action/package_show?id=${dataset.id}` },
  ]
  return (
    <Flex vertical gap="large">
      <Typography.Text>
        {t({
          zh: '条件写作 filter=字段:值，可重复；每次最多 1000 行，要全部数据请下载文件。不需密钥，每分钟最多 300 次。',
          en: 'A condition is filter=field:value and may be repeated. At most 1,000 rows a call; download the file for all of them. No key; 300 calls a minute.',
        })}
      </Typography.Text>
      {examples.map(({ title, path }) => (
        <Example key={path} title={t(title)} path={path} />
      ))}
      <section>
        <h3>Python</h3>
        <pre className="dz-code" lang="en">
          {`import pandas\nrows = pandas.read_csv("${location.origin}${csvPath(dataset)}")`}
        </pre>
      </section>
    </Flex>
  )
}

const csvPath = ({ id }: DatasetView): string => `/open-data/files/${id}/latest/csv`

function Example({ title, path }: { readonly title: string; readonly path: string }) {
  const t = useWords()
  const run = useMutation({
    mutationFn: async () => JSON.stringify(await (await fetch(path)).json(), null, 2).slice(0, SHOWN),
  })
  return (
    <section>
      <h3>{title}</h3>
      <Flex vertical gap="small">
        <pre className="dz-code" lang="en">{`curl "${location.origin}${path}"`}</pre>
        <div>
          <Button
            onClick={() => run.mutate()}
            loading={run.isPending}
            aria-label={`${t({ zh: '试一试', en: 'Try it' })}: ${title}`}
          >
            {t({ zh: '试一试', en: 'Try it' })}
          </Button>
        </div>
        {run.error && <Failure error={run.error} />}
        {run.data && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
          <pre className="dz-code" lang="en" tabIndex={0} style={{ maxHeight: 280, overflow: 'auto' }}>
            {run.data}
          </pre>
        )}
      </Flex>
    </section>
  )
}
