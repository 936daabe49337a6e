import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, type ButtonProps, Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { ApiError, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

export interface FormDialogProps<V> {
  /** Text of the button and heading of the dialog. */
  readonly title: Words
  readonly button?: ButtonProps
  readonly initial?: Partial<V>
  readonly save: (values: V) => Promise<unknown>
  /** Paths whose lists have changed afterwards. */
  readonly changes: readonly string[]
  readonly children: ReactNode
}

/** A button that opens a form; what the server refuses is shown at its field. */
export function FormDialog<V extends object>({ title, button, initial, save, changes, children }: FormDialogProps<V>) {
  const t = useWords()
  const { sentences } = useMarks()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<V>()
  const queries = useQueryClient()
  const { message } = App.useApp()
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      setOpen(false)
      void message.success(t({ zh: '已保存', en: 'Saved' }))
      await Promise.all(changes.map((path) => queries.invalidateQueries({ queryKey: [path] })))
    },
  })
  const problem = saving.error instanceof ApiError ? saving.error.problem : undefined
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)}>
        {t(title)}
      </Button>
      <Modal
        title={t(title)}
        open={open}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        okText={t({ zh: '保存', en: 'Save' })}
        cancelText={t({ zh: '取消', en: 'Cancel' })}
        confirmLoading={saving.isPending}
        afterClose={() => saving.reset()}
        destroyOnHidden
      >
        <Form<V>
          form={form}
          layout="vertical"
          clearOnDestroy
          {...(initial ? { initialValues: initial } : {})}
          onFinish={(values) => saving.mutate(values)}
        >
          {children}
        </Form>
        {saving.isError && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={problem?.title ?? t({ zh: '保存失败，请重试', en: 'It could not be saved; try again' })}
            description={problem?.issues?.map(({ path, message }) => `${path} ${message}`).join(sentences)}
          />
        )}
      </Modal>
    </>
  )
}

/** A field that must not stay empty. */
export const needed = [{ required: true, message: '必填 · Required' }]
