import { startPortal } from '../../kit/door.ts'
import { Workbench } from './workbench.tsx'
import './workbench.css'

/** Starts the policy workbench of a region. */
export function start(root: HTMLElement, region: string): void {
  startPortal(root, region, <Workbench region={region} />)
}
