import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { profileShape, type Profile } from './profile.contract.ts'

const shipped = join(import.meta.dirname, '..', '..', 'profiles')

/** A mapping profile by name (`berka`: profiles/berka.profile.json) or by the path of its file. Throws NamedFailure 'profile' with every place that is wrong. */
export function readProfile(nameOrPath: string): Profile {
  const path = /^[a-z0-9-]+$/.test(nameOrPath) ? join(shipped, `${nameOrPath}.profile.json`) : isAbsolute(nameOrPath) ? nameOrPath : resolve(nameOrPath)
  if (!existsSync(path)) throw new NamedFailure('profile', { zh: `没有映射方案 ${nameOrPath}`, en: `there is no profile ${nameOrPath}` }, { exitCode: 2 })
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new NamedFailure('profile', { zh: `映射方案 ${nameOrPath} 不是有效的 JSON：${reason}`, en: `profile ${nameOrPath} is not valid JSON: ${reason}` }, { exitCode: 2 })
  }
  const parsed = profileShape.safeParse(content)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 20).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new NamedFailure('profile', { zh: `映射方案 ${nameOrPath} 有误：${places}`, en: `profile ${nameOrPath} is wrong: ${places}` }, { exitCode: 2 })
}

/** Names of the profiles that ship with the product. */
export function shippedProfiles(): string[] {
  return readdirSync(shipped).filter((name) => name.endsWith('.profile.json')).map((name) => name.slice(0, -'.profile.json'.length)).sort()
}
