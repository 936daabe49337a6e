import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

interface Demonstration {
  readonly password: string
  readonly accounts: readonly { readonly account: string; readonly name: string; readonly title: Words }[]
}

const SHOWN = 9

/** The demonstration city's accounts to pick from; a real installation has none. */
export function DemonstrationAccounts(props: {
  readonly onPick: (pick: { readonly account: string; readonly password: string }) => void
}) {
  const t = useWords()
  const [isWhole, setWhole] = useState(false)
  const { data } = useQuery({
    queryKey: ['session', 'demonstration'],
    queryFn: () => api.get<Demonstration>('/api/session/demonstration'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data || data.accounts.length === 0) return null
  return (
    <section>
      <Typography.Paragraph type="secondary">
        {t({ zh: '演示账号，点选即填好：', en: 'Demonstration accounts; choose one to fill it in:' })}
      </Typography.Paragraph>
      <Flex wrap gap="small">
        {(isWhole ? data.accounts : data.accounts.slice(0, SHOWN)).map(({ account, name, title }) => (
          <Button
            key={account}
            size="small"
            className="dz-account"
            onClick={() => props.onPick({ account, password: data.password })}
          >
            {`${name} · ${t(title)}`}
          </Button>
        ))}
        {!isWhole && data.accounts.length > SHOWN && (
          <Button size="small" type="link" onClick={() => setWhole(true)}>
            {t({ zh: `全部 ${data.accounts.length} 个账号`, en: `All ${data.accounts.length} accounts` })}
          </Button>
        )}
      </Flex>
    </section>
  )
}
