import { startPortal } from '../../kit/door.ts'
import { Entrance } from './entrance.tsx'
import './entrance.css'

/** Starts the national entrance. */
export function start(root: HTMLElement): void {
  startPortal(root, '', <Entrance />)
}
