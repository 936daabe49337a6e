import { useNavigate } from '@tanstack/react-router'
import { Flex, Input, type InputRef, Modal, Radio, Typography } from 'antd'
import { useRef, useState } from 'react'
import { Failure, useWords } from '#portal/ui'
import { Labelled } from './inputs/labelled.tsx'
import { freshId } from './model/draft.ts'
import { fromTemplate, TEMPLATES } from './model/templates.ts'
import { store } from './queries.ts'

/** Asks for a title and what to begin from, and opens the new draft in the editor. */
export function NewDefinition({ onClose }: { readonly onClose: () => void }) {
  const t = useWords()
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [from, setFrom] = useState(TEMPLATES[0]?.id)
  const first = useRef<InputRef>(null)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const make = async () => {
    const template = TEMPLATES.find(({ id }) => id === from)
    if (!template) return
    const id = freshId()
    setBusy(true)
    try {
      await store.save(id, fromTemplate(id, { zh: title.trim(), en: title.trim() }, template), 0)
      await navigate({ to: `/loops/definitions/${id}` as string })
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t({ zh: '新建流程', en: 'New definition' })}
      okText={t({ zh: '开始绘制', en: 'Begin drawing' })}
      cancelText={t({ zh: '取消', en: 'Cancel' })}
      okButtonProps={{ disabled: title.trim() === '', loading: isBusy }}
      onOk={() => void make()}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && first.current?.focus()}
      destroyOnHidden
    >
      <Flex vertical gap="middle">
        <Labelled required label={{ zh: '办什么事', en: 'What kind of matter' }}>
          {(id) => (
            <Input
              id={id}
              ref={first}
              aria-required
              maxLength={60}
              value={title}
              placeholder={t({ zh: '例如：来访登记', en: 'For example: visits' })}
              onChange={({ target }) => setTitle(target.value)}
              onPressEnter={() => title.trim() && void make()}
            />
          )}
        </Labelled>
        <Radio.Group
          aria-label={t({ zh: '从哪个样例开始', en: 'Begin from' })}
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        >
          <Flex vertical gap="small">
            {TEMPLATES.map((template) => (
              <Radio key={template.id} value={template.id}>
                {t(template.title)}
                <br />
                <Typography.Text type="secondary">{t(template.about)}</Typography.Text>
              </Radio>
            ))}
          </Flex>
        </Radio.Group>
        {error !== undefined && <Failure error={error} />}
      </Flex>
    </Modal>
  )
}
