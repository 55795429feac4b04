import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

function yinqiao(words: string[], environment: Record<string, string> = {}): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', 'yinqiao.mjs'), ...words], {
    encoding: 'utf8', cwd: tmpdir(), timeout: 25_000, env: { PATH: process.env['PATH'], YINQIAO_DATA: join(tmpdir(), 'yq-no-such-data'), ...environment },
  })
  return { code: status, out: stdout, err: stderr }
}

describe('npx yinqiao', () => {
  test('--help names every command in both languages, or in the one that is asked for', () => {
    const both = yinqiao(['--help'])
    expect(both.code).toBe(0)
    for (const name of ['serve', 'migrate', 'feed', 'settle', 'journal', 'demo', 'bench', 'doctor']) expect(both.out).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    expect(both.out).toMatch(/用法 \/ Usage:/)
    expect(yinqiao(['--help', '--lang', 'en']).out).not.toMatch(/\p{Script=Han}/u)
    expect(yinqiao(['--help'], { YINQIAO_LANG: 'zh' }).out).not.toContain('Usage:')
  })

  test.each([['serve'], ['migrate'], ['feed', 'load'], ['feed', 'check'], ['settle'], ['journal', 'verify'], ['demo', 'delivery'], ['bench', 'feed'], ['bench', 'customers'], ['bench', 'settle'], ['doctor']])('%s %s --help tells of --json', (...words) => {
    const { code, out } = yinqiao([...words.filter((word) => word !== undefined), '--help'])
    expect(code).toBe(0)
    expect(out).toContain('--json')
  })

  test.each([
    [[]], [['bogus']], [['serve', '--bogus']], [['feed']], [['feed', 'load']], [['feed', 'load', 'x']], [['feed', 'load', 'x', 'y', '--profile', 'p']], [['settle', '--month', '2026-13']],
    [['feed', 'load', 'x', '--profile', 'p', '--date', '2026-02-30']], [['bench', 'feed', '--rows', '-5']], [['doctor', '--lang', 'fr']],
  ])('wrong use %j: exit code 2, told on stderr', (words) => {
    const { code, out, err } = yinqiao(words)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/\p{Script=Han}/u)
  })

  test('wrong configuration: exit code 2 and the setting’s name', () => {
    const { code, err } = yinqiao(['migrate'], { PORT: 'http' })
    expect(code).toBe(2)
    expect(err).toContain('PORT')
  })

  test('--json: one object on stdout, for a failure too', () => {
    const wrong = yinqiao(['settle', '--month', 'x', '--json'])
    expect(wrong.code).toBe(2)
    expect(JSON.parse(wrong.out)).toMatchObject({ ok: false, error: { name: 'wrong-use' } })
    const doctor = yinqiao(['doctor', '--json'])
    expect(doctor.code).toBe(0)
    expect(JSON.parse(doctor.out)).toMatchObject({ ok: true, findings: expect.any(Array) })
  })

  test('work that fails: exit code 1', () => {
    const { code, out } = yinqiao(['migrate', '--json'], { DATABASE_URL: 'postgres://u:s3cret@127.0.0.1:1/x' })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ error: { name: 'database-unreachable' } })
    expect(out).not.toContain('s3cret')
  })
})
