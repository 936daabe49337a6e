import { Button, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '#portal/ui'
import { AskFilePurpose } from './ask-file-purpose.tsx'
import { usePurpose } from './use-purpose.ts'

/** Shows what is behind it once the reader has said what for. */
export function PurposeGate({ children }: { readonly children: (purpose: string) => ReactNode }) {
  const t = useWords()
  const [purpose, state] = usePurpose()
  if (purpose === '') return <AskFilePurpose onState={state} />
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" align="center">
        <Typography.Text>{t({ zh: `查看目的：${purpose}`, en: `Purpose: ${purpose}` })}</Typography.Text>
        <Button size="small" onClick={() => state('')}>
          {t({ zh: '更改', en: 'Change' })}
        </Button>
      </Flex>
      {children(purpose)}
    </Flex>
  )
}
