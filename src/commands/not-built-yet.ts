import { NamedFailure } from '../foundation/config/named-failure.ts'

/** For the part of a command whose work does not exist yet. */
export function notBuiltYet(command: string): NamedFailure {
  return new NamedFailure('not-built-yet', { zh: `${command} 尚未建成`, en: `${command} is not built yet` })
}
