import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { NamedFailure, type BilingualText } from './named-failure.ts'

const onOff = z.stringbool({ truthy: ['on', 'true', '1', 'yes'], falsy: ['off', 'false', '0', 'no'] })
const wholeNumber = (least: number, most: number) => z.string().regex(/^\d{1,9}$/).transform(Number).pipe(z.number().int().min(least).max(most))

type Setting = {
  /** Environment variable. */
  variable: string
  /** What is read when nothing is set: shown to people; null means "nothing". */
  otherwise: string | null
  schema: z.ZodType<string | number | boolean>
  allowed: BilingualText
  meaning: BilingualText
  secret?: true
  /** A folder: relative to the working directory, or to the folder of the configuration file. */
  folder?: true
}

/** Every setting of the product, in the order in which they are shown. The key is the name in the configuration file. */
export const settings = {
  port: {
    variable: 'PORT', otherwise: '8080', schema: wholeNumber(0, 65535),
    allowed: { zh: '0–65535，0 为任选空闲端口', en: '0–65535, 0 takes any free port' },
    meaning: { zh: '网页服务的端口', en: 'Port of the web server' },
  },
  host: {
    variable: 'HOST', otherwise: '127.0.0.1', schema: z.string().min(1).max(255).regex(/^[\w.:-]+$/),
    allowed: { zh: '本机地址；0.0.0.0 对外开放', en: 'An address of this machine; 0.0.0.0 opens it to others' },
    meaning: { zh: '网页服务监听的地址', en: 'Address on which the web server listens' },
  },
  dataDir: {
    variable: 'YINQIAO_DATA', otherwise: './data', schema: z.string().min(1), folder: true,
    allowed: { zh: '文件夹', en: 'A folder' },
    meaning: { zh: '数据目录：内置数据库、文件、密钥（一家银行一个目录）', en: 'Data: embedded database, files, keys (one folder for one bank)' },
  },
  databaseUrl: {
    variable: 'DATABASE_URL', otherwise: null, schema: z.string().regex(/^postgres(ql)?:\/\/.+/), secret: true,
    allowed: { zh: 'postgres://…，PostgreSQL 15 或更新', en: 'postgres://…, PostgreSQL 15 or newer' },
    meaning: { zh: '使用自己的数据库服务器；不设则启动内置 PostgreSQL', en: 'Your own database server; without it the embedded PostgreSQL is started' },
  },
  demo: {
    variable: 'YINQIAO_DEMO', otherwise: 'auto', schema: z.enum(['auto', 'on', 'off']),
    allowed: { zh: 'auto、on、off', en: 'auto, on, off' },
    meaning: { zh: '演示银行；auto：没有 DATABASE_URL 且数据为空时建立', en: 'The demo bank; auto: made when there is no DATABASE_URL and no data yet' },
  },
  keysDir: {
    variable: 'YINQIAO_KEYS', otherwise: '<YINQIAO_DATA>/keys', schema: z.string().min(1), folder: true,
    allowed: { zh: '文件夹', en: 'A folder' },
    meaning: { zh: '密钥目录（加密、签名）；生产中放在数据库备份之外', en: 'Keys for encryption and signing; in production keep them apart from the database backups' },
  },
  journalHeadsDir: {
    variable: 'YINQIAO_JOURNAL_HEADS', otherwise: '<YINQIAO_DATA>/journal-heads', schema: z.string().min(1), folder: true,
    allowed: { zh: '文件夹', en: 'A folder' },
    meaning: { zh: '日志封条的存放处；生产中用另一台机器的目录', en: 'Where the signed heads of the journal are kept; in production a folder of another machine' },
  },
  logLevel: {
    variable: 'YINQIAO_LOG', otherwise: 'warn', schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    allowed: { zh: 'fatal、error、warn、info、debug、silent', en: 'fatal, error, warn, info, debug, silent' },
    meaning: { zh: '运行日志的详细程度；info 记录每个请求', en: 'How much is logged; info logs every request' },
  },
  language: {
    variable: 'YINQIAO_LANG', otherwise: 'auto', schema: z.enum(['auto', 'zh', 'en', 'both']),
    allowed: { zh: 'auto、zh、en、both', en: 'auto, zh, en, both' },
    meaning: { zh: '命令行的语言；auto：按 LANG，否则中英文', en: 'Language of the command line; auto: after LANG, else both' },
  },
  sessionHours: {
    variable: 'YINQIAO_SESSION_HOURS', otherwise: '10', schema: wholeNumber(1, 72),
    allowed: { zh: '1–72 小时', en: '1–72 hours' },
    meaning: { zh: '登录后多久须重新登录', en: 'How long a sign-in lasts' },
  },
  trustProxy: {
    variable: 'YINQIAO_TRUST_PROXY', otherwise: 'off', schema: onOff,
    allowed: { zh: 'on、off', en: 'on, off' },
    meaning: { zh: '前置代理报告的客户端地址是否可信', en: 'Whether the client address told by a proxy in front is believed' },
  },
  secureCookies: {
    variable: 'YINQIAO_SECURE_COOKIES', otherwise: 'off', schema: onOff,
    allowed: { zh: 'on、off；使用 https 时必须 on', en: 'on, off; must be on behind https' },
    meaning: { zh: '登录凭证只经 https 发送', en: 'The session cookie is sent over https only' },
  },
  smsUrl: {
    variable: 'YINQIAO_SMS_URL', otherwise: null, schema: z.string().regex(/^https?:\/\/[^\s@]+$/),
    allowed: { zh: 'https://…；同一 requestId 平台只发一次', en: 'https://…; the platform sends one requestId once' },
    meaning: { zh: '短信平台的提交地址；不设则短信留在发件箱', en: 'Where the SMS platform takes messages; without it they stay in the outbox' },
  },
  smsAccount: {
    variable: 'YINQIAO_SMS_ACCOUNT', otherwise: null, schema: z.string().min(1).max(100),
    allowed: { zh: '平台给的账号', en: 'The account that the platform gave' },
    meaning: { zh: '短信平台的账号', en: 'Account at the SMS platform' },
  },
  smsSecret: {
    variable: 'YINQIAO_SMS_SECRET', otherwise: null, schema: z.string().min(16).max(200), secret: true,
    allowed: { zh: '至少 16 位', en: 'At least 16 characters' },
    meaning: { zh: '与短信平台的签名密钥（提交与回执）', en: 'Secret shared with the SMS platform: signs messages and receipts' },
  },
  smsSign: {
    variable: 'YINQIAO_SMS_SIGN', otherwise: null, schema: z.string().min(2).max(20),
    allowed: { zh: '已报备的签名，不带【】', en: 'The registered signature, without brackets' },
    meaning: { zh: '短信签名', en: 'Signature of the SMS' },
  },
  smsGateway: {
    variable: 'YINQIAO_SMS_GATEWAY', otherwise: null, schema: z.string().regex(/^(smpps?|cmpp):\/\/[^\s@]+@[^\s@]+$/), secret: true,
    allowed: { zh: 'smpp(s)://账号:口令@主机:2775?number=… 或 cmpp://企业代码:密钥@主机:7890?version=2.0|3.0&service=…&number=…', en: 'smpp(s)://system:password@host:2775?number=… or cmpp://source:secret@host:7890?version=2.0|3.0&service=…&number=…' },
    meaning: { zh: '短信网关（SMPP 3.4、CMPP 2.0/3.0），未设 HTTP 平台时使用；签名仍取 YINQIAO_SMS_SIGN', en: 'Gateway of short messages (SMPP 3.4, CMPP 2.0/3.0), used when no HTTP platform is set; signed with YINQIAO_SMS_SIGN' },
  },
  smtpUrl: {
    variable: 'YINQIAO_SMTP_URL', otherwise: null, schema: z.string().regex(/^smtps?:\/\/.+/), secret: true,
    allowed: { zh: 'smtp(s)://用户:口令@主机:端口', en: 'smtp(s)://user:password@host:port' },
    meaning: { zh: '邮件服务器；不设则邮件留在发件箱', en: 'Mail server; without it e-mails stay in the outbox' },
  },
  mailFrom: {
    variable: 'YINQIAO_MAIL_FROM', otherwise: null, schema: z.email(),
    allowed: { zh: '邮箱地址', en: 'An e-mail address' },
    meaning: { zh: '邮件的发件地址', en: 'Sender of e-mails' },
  },
  publicUrl: {
    variable: 'YINQIAO_PUBLIC_URL', otherwise: null, schema: z.string().regex(/^https?:\/\/[^\s@/]+$/),
    allowed: { zh: 'https://…，不带末尾的 /', en: 'https://…, without a / at the end' },
    meaning: { zh: '员工打开本系统的地址；消息中的链接以它开头', en: 'The address at which staff open this system: links in messages begin with it' },
  },
  wecomUrl: {
    variable: 'YINQIAO_WECOM_URL', otherwise: 'https://qyapi.weixin.qq.com', schema: z.string().regex(/^https?:\/\/[^\s@]*[^\s@/]$/),
    allowed: { zh: 'https://…，可为行内代理', en: 'https://…, may be a proxy of the bank' },
    meaning: { zh: '企业微信接口地址', en: 'Interface of 企业微信 (WeCom)' },
  },
  wecomCorp: {
    variable: 'YINQIAO_WECOM_CORP', otherwise: null, schema: z.string().regex(/^[\w-]{1,64}$/),
    allowed: { zh: '企业 ID', en: 'The corpid' },
    meaning: { zh: '企业微信的企业 ID；不设则不向企业微信发送', en: 'The bank’s corpid at 企业微信; without it nothing is sent there' },
  },
  wecomAgent: {
    variable: 'YINQIAO_WECOM_AGENT', otherwise: null, schema: wholeNumber(1, 999_999_999),
    allowed: { zh: '应用的 AgentId', en: 'The application’s AgentId' },
    meaning: { zh: '企业微信自建应用', en: 'The bank’s application at 企业微信' },
  },
  wecomSecret: {
    variable: 'YINQIAO_WECOM_SECRET', otherwise: null, schema: z.string().min(8).max(200), secret: true,
    allowed: { zh: '应用的 Secret', en: 'The application’s secret' },
    meaning: { zh: '企业微信应用的密钥', en: 'Secret of the application at 企业微信' },
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings
export const settingNames = Object.keys(settings) as SettingName[]

/** What the product runs with. Folders are absolute. */
export type Config = {
  port: number
  host: string
  dataDir: string
  /** null: the embedded PostgreSQL in dataDir. */
  databaseUrl: string | null
  demo: 'auto' | 'on' | 'off'
  keysDir: string
  journalHeadsDir: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  language: 'auto' | 'zh' | 'en' | 'both'
  sessionHours: number
  trustProxy: boolean
  secureCookies: boolean
  smsUrl: string | null
  smsAccount: string | null
  smsSecret: string | null
  smsSign: string | null
  smsGateway: string | null
  smtpUrl: string | null
  mailFrom: string | null
  publicUrl: string | null
  wecomUrl: string
  wecomCorp: string | null
  wecomAgent: number | null
  wecomSecret: string | null
}

export type ConfigSource = 'environment' | 'file' | 'default'
export type ReadConfig = { config: Config; sources: Record<SettingName, ConfigSource>; file: string | null }

/**
 * Reads the configuration: environment before file before default. The file is YINQIAO_CONFIG, else ./yinqiao.config.json when it exists.
 * Throws NamedFailure 'configuration' (exit code 2) that names every wrong setting; the value of a secret is never told.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, workingDir: string = process.cwd()): ReadConfig {
  const file = findFile(environment, workingDir)
  const fromFile = file === null ? {} : readFile(file)
  const faults: BilingualText[] = []
  for (const name of Object.keys(fromFile)) {
    if (!(name in settings)) faults.push({ zh: `${file} 中的 ${name} 不是设置项`, en: `${name} in ${file} is no setting` })
  }
  const values: Partial<Record<SettingName, string | number | boolean>> = {}
  const sources = {} as Record<SettingName, ConfigSource>
  for (const name of settingNames) {
    const setting: Setting = settings[name]
    const inEnvironment = environment[setting.variable]
    const inFile = fromFile[name]
    // an empty variable means "not set": it is how a compose file or a shell leaves one out
    const source: ConfigSource = inEnvironment !== undefined && inEnvironment !== '' ? 'environment' : inFile !== undefined ? 'file' : 'default'
    sources[name] = source
    const text = source === 'environment' ? inEnvironment : source === 'file' ? inFile : setting.otherwise?.startsWith('<') ? undefined : setting.otherwise ?? undefined
    if (text === undefined) continue
    const parsed = setting.schema.safeParse(text)
    if (!parsed.success) {
      const place = source === 'environment' ? setting.variable : `${name} (${file})`
      const shown = setting.secret ? '' : ` = ${JSON.stringify(text)}`
      faults.push({ zh: `${place}${shown} 不对：${setting.allowed.zh}`, en: `${place}${shown} is wrong: ${setting.allowed.en}` })
      continue
    }
    values[name] = setting.folder ? absolute(String(parsed.data), source === 'file' && file !== null ? dirname(file) : workingDir) : parsed.data
  }
  if (faults.length > 0) {
    throw new NamedFailure('configuration', { zh: `配置有误：${faults.map((fault) => fault.zh).join('；')}`, en: `wrong configuration: ${faults.map((fault) => fault.en).join('; ')}` }, { exitCode: 2 })
  }
  const dataDir = String(values.dataDir)
  const config = { databaseUrl: null, smsUrl: null, smsAccount: null, smsSecret: null, smsSign: null, smsGateway: null, smtpUrl: null, mailFrom: null, publicUrl: null, wecomCorp: null, wecomAgent: null, wecomSecret: null, keysDir: join(dataDir, 'keys'), journalHeadsDir: join(dataDir, 'journal-heads'), ...values } as Config
  return { config, sources, file }
}

/** The settings as a person may read them: `shown` of a secret is only 'set'. */
export function describeConfig({ config, sources }: ReadConfig): { name: SettingName; variable: string; shown: string | null; source: ConfigSource; meaning: BilingualText; allowed: BilingualText }[] {
  return settingNames.map((name) => {
    const setting: Setting = settings[name]
    const value = config[name]
    const shown = value === null ? null : setting.secret ? '••••' : typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)
    return { name, variable: setting.variable, shown, source: sources[name], meaning: setting.meaning, allowed: setting.allowed }
  })
}

/** docs/configuration.md: a test compares it with the file. */
export function configurationPage(): string {
  const rows = settingNames.map((name) => {
    const { variable, otherwise, meaning, allowed }: Setting = settings[name]
    return `| \`${variable}\` | \`${name}\` | ${otherwise === null ? '–' : `\`${otherwise}\``} | ${meaning.zh}<br>${meaning.en} | ${allowed.zh}<br>${allowed.en} |`
  })
  return `# 配置 / Configuration

设置来自环境变量，其次来自文件（\`YINQIAO_CONFIG\` 所指，或工作目录中的 \`yinqiao.config.json\`），最后是默认值。错误的值会被指名拒绝，退出码 2。
\`npx yinqiao doctor\` 显示当前生效的值和来源（不显示口令）。

Settings come from the environment, then from a file (\`YINQIAO_CONFIG\`, or \`yinqiao.config.json\` in the working directory), then from the defaults. A wrong
value is refused by name with exit code 2. \`npx yinqiao doctor\` shows the values in force and where each comes from (never a password).

| 环境变量 / variable | 文件中 / in the file | 默认 / default | 含义 / meaning | 可取 / allowed |
|---|---|---|---|---|
${rows.join('\n')}

文件示例 / A file:

\`\`\`json
{ "port": 8443, "host": "0.0.0.0", "databaseUrl": "postgres://yinqiao@db.bank.internal/yinqiao", "keysDir": "/etc/yinqiao/keys", "secureCookies": true }
\`\`\`

文件中的相对路径以文件所在目录为准。生产环境请把密钥目录和日志封条目录放在数据库服务器之外。
Relative paths in a file start at the folder of the file. In production keep keys and journal heads away from the database server.
`
}

function findFile(environment: NodeJS.ProcessEnv, workingDir: string): string | null {
  const named = environment['YINQIAO_CONFIG']
  if (named !== undefined && named !== '') {
    const path = absolute(named, workingDir)
    if (!existsSync(path)) throw new NamedFailure('configuration', { zh: `YINQIAO_CONFIG 所指的文件不存在：${path}`, en: `the file named by YINQIAO_CONFIG does not exist: ${path}` }, { exitCode: 2 })
    return path
  }
  const usual = join(workingDir, 'yinqiao.config.json')
  return existsSync(usual) ? usual : null
}

function readFile(path: string): Record<string, string> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof SyntaxError ? { zh: '不是有效的 JSON', en: 'is not valid JSON' } : { zh: '无法读取', en: 'cannot be read' }
    throw new NamedFailure('configuration', { zh: `配置文件 ${path} ${reason.zh}`, en: `the configuration file ${path} ${reason.en}` }, { exitCode: 2 })
  }
  const parsed = z.record(z.string(), z.union([z.string(), z.number().transform(String), z.boolean().transform((value) => (value ? 'on' : 'off'))])).safeParse(content)
  if (!parsed.success) throw new NamedFailure('configuration', { zh: `配置文件 ${path} 应是一层的 JSON 对象`, en: `the configuration file ${path} must be one flat JSON object` }, { exitCode: 2 })
  return parsed.data
}

function absolute(path: string, from: string): string {
  return isAbsolute(path) ? path : resolve(from, path)
}
