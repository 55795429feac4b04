import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser'
import type { CheckResult, Finding } from './finding.ts'

const root = join(import.meta.dirname, '..')
const folders = ['src', 'tools', 'tests']

let configuration: IConfiguration | undefined

async function rulesOfTheHouse(): Promise<IConfiguration> {
  configuration ??= ((await import(pathToFileURL(join(root, '.dependency-cruiser.mjs')).href)) as { default: IConfiguration }).default
  return configuration
}

/** The names of all direction rules. */
export async function directionRules(): Promise<string[]> {
  return ((await rulesOfTheHouse()).forbidden ?? []).map((rule) => rule.name ?? '')
}

/** Source files (.ts, .tsx) below a folder of the tree, the bad samples left out; counted here because the cruiser's own count may be zero. */
function sourceFiles(base: string, folder: string): string[] {
  return readdirSync(join(base, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('tests/structure/bad/') && !path.includes('node_modules/'))
}

/**
 * Checks who imports whom in the tree at `base`, by the rules of .dependency-cruiser.mjs.
 * A source file that the cruiser did not read is a finding: without TypeScript it reads none and is content. `reads` is for the test of just that: it says which files the cruiser admits to have read.
 */
export async function checkDirections(base: string = root, options: { reads?: (file: string) => boolean } = {}): Promise<CheckResult> {
  const configuration = await rulesOfTheHouse()
  base = resolve(base)
  const present = new Set(readdirSync(base))
  const inTree = folders.filter((folder) => present.has(folder))
  if (inTree.length === 0) return { looked: 0, what: 'source files', findings: [{ rule: 'every-file-is-read', file: '.', line: 0, text: 'there is no source file' }] }
  const result = await cruise(inTree, { ...configuration.options, baseDir: base, validate: true, ruleSet: { forbidden: configuration.forbidden ?? [] } })
  if (typeof result.output === 'string') throw new Error('the cruiser gave no result')
  const output: ICruiseResult = result.output
  const read = new Set(output.modules.map((module) => module.source).filter(options.reads ?? (() => true)))
  const files = inTree.flatMap((folder) => sourceFiles(base, folder))
  const findings: Finding[] = output.summary.violations.map((found) => ({
    rule: found.rule.name,
    file: found.from,
    line: 0,
    text: found.to === found.from ? '' : `→ ${found.to}${found.cycle ? ` (${found.cycle.map((step) => step.name).join(' → ')})` : ''}${found.via ? ` by way of ${found.via.map((step) => step.name).join(' → ')}` : ''}`,
  }))
  for (const file of files) if (!read.has(file)) findings.push({ rule: 'every-file-is-read', file, line: 0, text: 'the cruiser did not read this file' })
  if (files.length === 0) findings.push({ rule: 'every-file-is-read', file: '.', line: 0, text: 'there is no source file' })
  return { looked: files.length, what: `source files (${output.summary.totalDependenciesCruised ?? 0} imports)`, findings }
}
