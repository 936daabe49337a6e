import { Flex } from 'antd'
import { type ReactNode, useId } from 'react'

/** A control with its label in front of it. */
export function Labelled({
  label,
  children,
}: {
  readonly label: string
  readonly children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <Flex wrap gap="small" align="center">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </Flex>
  )
}
