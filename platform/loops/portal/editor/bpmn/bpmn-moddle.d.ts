/** What is used of the library, which brings no types of its own entry. */
declare module 'bpmn-moddle' {
  export interface BpmnElement {
    readonly $type: string
    readonly id?: string
    get(name: string): unknown
    set(name: string, value: unknown): void
    $instanceOf(type: string): boolean
  }
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>)
    create(type: string, attributes?: Readonly<Record<string, unknown>>): BpmnElement
    fromXML(xml: string): Promise<{
      readonly rootElement: BpmnElement
      readonly warnings: readonly { readonly message: string }[]
    }>
    toXML(element: BpmnElement, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>
  }
}
