import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { settings, settingNames, type Config } from './config/config.ts'
import { examineDatabase, type Finding } from './database/examine-database.ts'
import { freeBytes } from './files/free-bytes.ts'

const gb = 1024 ** 3

/** Looks at everything that the product needs. Changes nothing; starts the embedded server for a moment when there are data. */
export async function examine(config: Config, environment: NodeJS.ProcessEnv = process.env): Promise<Finding[]> {
  return [nodeVersion(), unknownVariables(environment), ...folders(config), space(config), keys(config), ...(await examineDatabase(config)), ...safety(config)].filter((finding) => finding !== null)
}

function nodeVersion(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return { check: 'node', state: major >= 24 ? 'good' : 'wrong', text: { zh: `Node.js ${process.versions.node}${major >= 24 ? '' : '，需要 24'}`, en: `Node.js ${process.versions.node}${major >= 24 ? '' : ', 24 is needed'}` } }
}

function unknownVariables(environment: NodeJS.ProcessEnv): Finding | null {
  const known = new Set<string>([...settingNames.map((name) => settings[name].variable), 'YINQIAO_CONFIG'])
  const odd = Object.keys(environment).filter((name) => name.startsWith('YINQIAO_') && !name.startsWith('YINQIAO_TEST_') && !known.has(name))
  return odd.length === 0 ? null : { check: 'configuration', state: 'look', text: { zh: `这些环境变量不是设置项：${odd.join('、')}`, en: `these variables are no settings: ${odd.join(', ')}` } }
}

function folders(config: Config): Finding[] {
  return [['data-folder', config.dataDir], ['keys-folder', config.keysDir], ['heads-folder', config.journalHeadsDir]].map(([check = '', path = '']) => {
    let place = path
    while (!existsSync(place) && place !== dirname(place)) place = dirname(place)
    try {
      accessSync(place, constants.W_OK | constants.X_OK)
      return { check, state: 'good', text: { zh: `${path}${place === path ? '' : '（将建立）'}`, en: `${path}${place === path ? '' : ' (will be made)'}` } }
    } catch {
      return { check, state: 'wrong', text: { zh: `${path} 不可写`, en: `${path} cannot be written` } }
    }
  })
}

function space(config: Config): Finding {
  let place = config.dataDir
  while (!existsSync(place)) place = dirname(place)
  const free = freeBytes(place) ?? 0
  return { check: 'disk', state: free > 5 * gb ? 'good' : free > gb ? 'look' : 'wrong', text: { zh: `可用磁盘 ${(free / gb).toFixed(1)} GB`, en: `${(free / gb).toFixed(1)} GB of disk are free` } }
}

function keys(config: Config): Finding {
  if (!existsSync(config.keysDir)) return { check: 'keys', state: 'good', text: { zh: '首次启动时生成密钥', en: 'the keys are made at the first start' } }
  const open = readdirSync(config.keysDir).filter((name) => (statSync(join(config.keysDir, name)).mode & 0o077) !== 0)
  return open.length === 0
    ? { check: 'keys', state: 'good', text: { zh: '只有本用户能读密钥', en: 'only this user can read the keys' } }
    : { check: 'keys', state: 'wrong', text: { zh: `其他用户可读这些密钥：${open.join('、')}（请 chmod 600）`, en: `others can read these keys: ${open.join(', ')} (chmod 600)` } }
}

function safety(config: Config): Finding[] {
  const open = !['127.0.0.1', 'localhost', '::1'].includes(config.host)
  if (!open || config.secureCookies) return []
  return [{ check: 'https', state: 'look', text: { zh: '服务对外开放而 YINQIAO_SECURE_COOKIES 为 off：请经 https 提供并设为 on', en: 'the server is open to others and YINQIAO_SECURE_COOKIES is off: put https in front and set it on' } }]
}
