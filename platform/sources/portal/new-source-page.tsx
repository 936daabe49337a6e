import { useQuery } from '@tanstack/react-query'
import { Button, Card, Col, Flex, Row, Steps } from 'antd'
import { useState } from 'react'
import { api, DataState, PageFrame, useWords } from '#portal/ui'
import type { Connection } from '../contract.ts'
import { SourceEditor } from './source-editor.tsx'
import type { SourceList } from './types.ts'
import { KIND_HELP, KINDS } from './words.ts'

const PATH = '/api/sources/systems'

/** A new source in three steps: its kind, the connection, then feeds on its own page. */
export function NewSourcePage() {
  const t = useWords()
  const [kind, setKind] = useState<Connection['kind']>()
  const query = useQuery({ queryKey: [PATH], queryFn: () => api.get<SourceList>(PATH) })
  return (
    <PageFrame
      title={{ zh: '接入数据来源', en: 'Connect a source' }}
      above={[{ title: { zh: '数据汇集', en: 'Sources of data' }, path: '/sources' }]}
    >
      <Flex vertical gap="large">
        <Steps
          size="small"
          current={kind ? 1 : 0}
          items={[
            { title: t({ zh: '选择方式', en: 'Choose the kind' }) },
            { title: t({ zh: '填写并试连', en: 'Fill in and try' }) },
            { title: t({ zh: '选择要采集的表', en: 'Choose tables to collect' }) },
          ]}
        />
        {kind ? (
          <>
            <h2>{t(KINDS[kind])}</h2>
            <DataState query={query} isEmpty={() => false}>
              {(list) => <SourceEditor kind={kind} list={list} />}
            </DataState>
            <div>
              <Button onClick={() => setKind(undefined)}>{t({ zh: '换一种方式', en: 'Another kind' })}</Button>
            </div>
          </>
        ) : (
          <Kinds onChoose={setKind} />
        )}
      </Flex>
    </PageFrame>
  )
}

function Kinds({ onChoose }: { readonly onChoose: (kind: Connection['kind']) => void }) {
  const t = useWords()
  return (
    <Row gutter={[16, 16]}>
      {(Object.keys(KINDS) as Connection['kind'][]).map((kind) => (
        <Col key={kind} xs={24} md={8}>
          <Card size="small" title={t(KINDS[kind])}>
            <Flex vertical gap="middle" align="start">
              {t(KIND_HELP[kind])}
              <Button onClick={() => onChoose(kind)}>
                {t({ zh: `选择：${KINDS[kind].zh}`, en: `Choose: ${KINDS[kind].en}` })}
              </Button>
            </Flex>
          </Card>
        </Col>
      ))}
    </Row>
  )
}
