import { EyeOutlined } from '@ant-design/icons'
import { App, Button, Flex, Input } from 'antd'
import { useState } from 'react'
import { ApiError } from './api.ts'
import { useWords } from './language.tsx'

export interface MaskedProps {
  /** The masked value: `3709************12`. */
  readonly value: string
  /** What it is, e.g. the field's title. */
  readonly label: string
  /** Reads the whole value for the purpose given; it is logged. Absent: the reader may not. */
  readonly unmask?: (purpose: string) => Promise<string>
}

/** A personal value, masked; shown whole only for a stated purpose, which goes into the audit log. */
export function Masked({ value, label, unmask }: MaskedProps) {
  const t = useWords()
  const { modal, message } = App.useApp()
  const [whole, setWhole] = useState<string>()
  if (whole !== undefined || !unmask) return <span>{whole ?? value}</span>
  const ask = () => {
    let purpose = ''
    void modal.confirm({
      title: t({ zh: `查看完整的${label}`, en: `Show the whole ${label}` }),
      content: (
        <Input
          aria-label={t({ zh: '查看目的', en: 'Purpose' })}
          placeholder={t({ zh: '查看目的（会记入审计日志）', en: 'Purpose (goes into the audit log)' })}
          onChange={(event) => {
            purpose = event.target.value
          }}
        />
      ),
      onOk: async () => {
        if (!purpose.trim()) {
          void message.warning(t({ zh: '请填写查看目的', en: 'State the purpose' }))
          return Promise.reject(new ApiError({ status: 422, code: 'purpose', title: 'purpose' }))
        }
        setWhole(await unmask(purpose.trim()))
      },
    })
  }
  return (
    <Flex component="span" align="center" gap={4}>
      {value}
      <Button
        size="small"
        type="text"
        icon={<EyeOutlined />}
        aria-label={t({ zh: `查看${label}`, en: `Show ${label}` })}
        onClick={ask}
      />
    </Flex>
  )
}
