import { Flex, Grid, Select, Tabs } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from './language.tsx'

interface Part {
  readonly key: string
  readonly label: string
  readonly children: ReactNode
}

/** Parts of a page: tabs on wide screens; on a phone, where they would not fit, one is chosen from a list. */
export function Parts({ parts }: { readonly parts: readonly Part[] }) {
  const t = useWords()
  const wide = Grid.useBreakpoint().md ?? window.innerWidth >= 768
  const [chosen, setChosen] = useState(parts[0]?.key ?? '')
  if (wide) return <Tabs activeKey={chosen} onChange={setChosen} items={[...parts]} />
  return (
    <Flex vertical gap="middle">
      <Select
        size="large"
        aria-label={t({ zh: '本页内容', en: 'Part of the page' })}
        value={chosen}
        onChange={setChosen}
        options={parts.map(({ key, label }) => ({ value: key, label }))}
      />
      {parts.find(({ key }) => key === chosen)?.children}
    </Flex>
  )
}
