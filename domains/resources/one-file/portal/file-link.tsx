import { useNavigate } from '@tanstack/react-router'
import { PageLink, useRight } from '#portal/ui'

interface Target {
  readonly kind: 'person' | 'firm'
  readonly id: string
}

const pathOf = ({ kind, id }: Target) => `/one-file/${kind === 'person' ? 'people' : 'firms'}/${id}`

/** Whether the reader may open files of a kind; a subject sees the own one only. */
function useMayOpen(): (target: Target) => boolean {
  const [people, firms] = [useRight('one-file.read'), useRight('one-file.firm.read')]
  return ({ kind }) => (kind === 'person' ? people : firms) !== undefined
}

/** Leads to the file of a person or firm, for those who may open it. */
export function FileLink({ name, ...target }: Target & { readonly name: string }) {
  const mayOpen = useMayOpen()
  return mayOpen(target) ? <PageLink to={pathOf(target)}>{name}</PageLink> : <span lang="zh">{name}</span>
}

/** Opens a file from a picture; nothing happens for those who may not. */
export function useOpenFile(): (target: Target) => void {
  const navigate = useNavigate()
  const mayOpen = useMayOpen()
  return (target) => {
    if (mayOpen(target)) void navigate({ to: pathOf(target) })
  }
}
