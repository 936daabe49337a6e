import { Alert, Button, Card, Flex } from 'antd'
import { useState } from 'react'
import { useMarks, useRight, useWords, When } from '#portal/ui'
import { ScanSources } from './scan-sources.tsx'
import { ScanTables } from './scan-tables.tsx'
import type { ScanView } from './types.ts'

interface ScanCardProps {
  readonly system: string
  readonly scan: ScanView | null
  readonly changed: () => void
}

/** What was found at the sources of a system, beside what its unit declares. */
export function ScanCard({ system, scan, changed }: ScanCardProps) {
  const t = useWords()
  const mayDeclare = useRight('collection.declare')
  const [choosing, setChoosing] = useState(false)
  return (
    <Card
      title={t({ zh: '来源扫描', en: 'Scan of the sources' })}
      extra={
        mayDeclare && (
          <Button onClick={() => setChoosing(true)}>{t({ zh: '登记来源', en: 'Say which sources' })}</Button>
        )
      }
    >
      <Flex vertical gap="middle">
        {scan ? <Summary scan={scan} /> : <Nothing />}
        {scan && <ScanTables scan={scan} changed={changed} />}
      </Flex>
      {choosing && (
        <ScanSources
          system={system}
          chosen={scan?.sources ?? []}
          close={() => setChoosing(false)}
          changed={() => {
            setChoosing(false)
            changed()
          }}
        />
      )}
    </Card>
  )
}

function Nothing() {
  const t = useWords()
  return (
    <span>
      {t({
        zh: '还没有登记这个系统对应哪个数据来源。登记以后，每天自动比对来源中的表和清单。',
        en: 'Nobody has said which source of data this system is. Once that is said, its tables are compared with the inventory every day.',
      })}
    </span>
  )
}

function Summary({ scan: { sources, at, problem, found, undeclared, gone } }: { readonly scan: ScanView }) {
  const t = useWords()
  const { list } = useMarks()
  return (
    <>
      {problem && (
        <Alert
          type="error"
          showIcon
          title={t({ zh: '上次没能连上来源', en: 'The source could not be reached last time' })}
          description={t(problem)}
        />
      )}
      <span>
        {sources.map(({ title }) => t(title)).join(list)}
        {t({ zh: '，', en: ', ' })}
        {at ? (
          <>
            <When at={at} />
            {t({
              zh: ` 扫描：发现 ${found} 张表，${undeclared} 张未申报，${gone} 张已没有`,
              en: ` scanned; tables found: ${found}, not declared: ${undeclared}, not there any more: ${gone}`,
            })}
          </>
        ) : (
          t({ zh: '还没有扫描', en: 'not scanned yet' })
        )}
      </span>
    </>
  )
}
