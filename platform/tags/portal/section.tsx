import { Card } from 'antd'
import type { ReactNode } from 'react'

/** A part of a page with its heading. */
export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Card size="small" title={<h2 className="dz-card-heading">{title}</h2>}>
    {children}
  </Card>
)
