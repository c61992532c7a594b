/** Texts of every kind that the inspector reads, good ones and hostile ones, made when they are asked for. */
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const JVM = `Exception in thread "main" java.lang.IllegalStateException: could not start
\tat java.base/java.util.Objects.requireNonNull(Objects.java:233)
\tat com.example.App.start(App.java:42)
\tat com.example.App.main(App.java:10)
Caused by: java.sql.SQLException: connection refused
\tat org.db.Driver.connect(Driver.java:1)
\t... 2 more
Caused by: java.net.ConnectException: Connection refused: localhost:5432
\tat java.base/sun.nio.ch.Net.connect0(Native Method)
\t... 5 more
`;

export const PYTHON = `Traceback (most recent call last):
  File "/app/main.py", line 10, in <module>
    main()
  File "/usr/lib/python3.12/json/decoder.py", line 5, in x
    raise ValueError("bad")
ValueError: bad

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 14, in main
    raise RuntimeError("worse") from e
RuntimeError: worse
`;

export const JAVASCRIPT = `/app/x.js:3
    throw new TypeError("x is not a function");
    ^

TypeError: x is not a function
    at Module._compile (node:internal/modules/cjs/loader:1376:14)
    at run (/app/x.js:3:11)
    at async main (file:///app/main.mjs:1:1) {
  [cause]: Error: deep
      at deep (/app/deep.js:9:9)
}

Node.js v20.11.0
`;

export const RUST = `thread 'main' panicked at src/main.rs:5:10:
called \`Option::unwrap()\` on a \`None\` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:645:5
   1: app::work
             at ./src/main.rs:5:10
note: Some details are omitted
`;

export const GO = `panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
main.work(...)
\t/home/u/app/main.go:9
main.main()
\t/home/u/app/main.go:5 +0x1d
exit status 2
`;

export const DOTNET = `Unhandled exception. System.InvalidOperationException: Sequence contains no elements
 ---> System.IO.FileNotFoundException: Could not find file 'a.txt'.
   at System.IO.File.Open(String path)
   at App.Program.Read() in /src/Program.cs:line 8
   --- End of inner exception stack trace ---
   at App.Program.Main(String[] args) in /src/Program.cs:line 20
`;

export const KERNEL = `[   10.000001] usb 1-1: new device
[   11.123456] BUG: kernel NULL pointer dereference, address: 0000000000000010
[   11.123470] RIP: 0010:do_thing+0x10/0x40 [mymod]
[   11.123480] Call Trace:
[   11.123490]  other+0x1/0x2
[   12.000000] app[123]: segfault at 0 ip 00007f sp 00007ff error 4 in libc.so
`;

export const SYSTEMD = `May 01 10:00:00 host systemd[1]: Starting My App...
May 01 10:00:01 host app[99]: cannot read config
May 01 10:00:01 host systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE
May 01 10:00:01 host systemd[1]: app.service: Failed with result 'exit-code'.
`;

/** A log of a server, with an error every so often and a stack trace now and then, of about `size` bytes. */
export function logOf(size: number): Uint8Array {
  const lines: string[] = [];
  for (let line = 0, length = 0; length < size; line++) {
    const time = new Date(Date.UTC(2024, 4, 1, 10) + line * 120).toISOString();
    lines.push(entry(line, time));
    length += (lines.at(-1)?.length ?? 0) + 1;
  }
  return utf8(lines.join('\n').slice(0, size));
}

function entry(line: number, time: string): string {
  const id = line.toString(16).padStart(12, '0');
  if (line % 17 === 0)
    return `${time} ERROR [worker-${line % 8}] request 0f8fad5b-d9cb-469f-a165-${id} failed after ${line % 999} ms`;
  if (line % 400 === 1)
    return `${time} ERROR unexpected\njava.lang.IllegalStateException: bad state ${line}\n\tat com.example.A.b(A.java:${line % 90})`;
  return `${time} INFO  [worker-${line % 8}] handled GET /api/items/${line} in ${line % 50} ms for user-${line % 1000}`;
}

/** A table of numbers, dates, names, addresses and notes in quotes, of about `size` bytes. */
export function tableOf(size: number): Uint8Array {
  const rows = ['id,name,email,score,when,active,note'];
  for (let row = 0, length = 0; length < size; row++) {
    const day = `2024-05-${String((row % 28) + 1).padStart(2, '0')}T10:00:${10 + (row % 50)}Z`;
    rows.push(
      `${row},Person ${row % 5_000},p${row}@example.org,${(row * 37) % 1_007}.25,${day},${row % 2 === 0},"a note, ${row % 100}"`,
    );
    length += (rows.at(-1)?.length ?? 0) + 1;
  }
  return utf8(rows.join('\n').slice(0, size));
}

/** Small good files of each kind, by name: for cutting off and for mutating. */
export const GOOD: Readonly<Record<string, Uint8Array>> = {
  'table.csv': tableOf(2_000),
  'table.tsv': utf8('a\tb\n1\t2,5\n"x\ty"\t3\n'.repeat(20)),
  'data.json': utf8(
    JSON.stringify({ name: 'é\u{1f427}', list: [1, -2.5e3, true, null, { deep: ['"', '\\'] }] }, null, 2),
  ),
  'records.ndjson': utf8(
    '{"level":50,"time":1714557600000,"msg":"db 17 away"}\n{"level":30,"msg":"fine"}\n'.repeat(10),
  ),
  'conf.yaml': utf8('name: app\nlist: &l\n  - a: 1\n  - b: *l\ntext: |\n  one\n  two\n---\nnext: {x: [1, 2]}\n'),
  'conf.toml': utf8('title = "x"\n[owner]\nborn = 1979-05-27T07:32:00Z\nlist = [1, 2, {a = 3}]\n[[p]]\nname = \'y\'\n'),
  'app.log': logOf(3_000),
  'jvm.txt': utf8(JVM),
  'python.txt': utf8(PYTHON),
  'javascript.txt': utf8(JAVASCRIPT),
  'rust.txt': utf8(RUST),
  'go.txt': utf8(GO),
  'dotnet.txt': utf8(DOTNET),
  'kernel.log': utf8(KERNEL),
  'systemd.log': utf8(SYSTEMD),
  'utf16.txt': Uint8Array.of(0xff, 0xfe, ...Buffer.from('name;age\nÅsa;36\n'.repeat(10), 'utf16le')),
  'secrets.env': utf8('DB=postgres://me:s3cret99@db/x\nPASSWORD="hunter22"\nAWS=AKIAABCDEFGHIJ234567\n'),
};

/** Texts that have brought other readers down; each with the kinds it may be taken for. */
export const HOSTILE: readonly (readonly [what: string, name: string, text: () => Uint8Array])[] = [
  ['JSON nested a million deep', 'a.json', () => utf8('['.repeat(1_000_000) + ']'.repeat(1_000_000))],
  ['objects nested a million deep, never closed', 'a.json', () => utf8('{"a":'.repeat(1_000_000))],
  ['a table of one line of 20 MB', 'a.csv', () => utf8('a,b,c,'.repeat(3_500_000))],
  ['a table of one line of 20 MB and misplaced quotes', 'a.csv', () => utf8('"a"b,'.repeat(4_000_000))],
  ['a line of nothing but quotes', 'a.csv', () => utf8('"'.repeat(10_000_000))],
  ['a quote opened in every row', 'a.csv', () => utf8('x,"abc\n'.repeat(1_500_000))],
  ['quotes that close in the next row', 'a.csv', () => utf8('"a\n"b,'.repeat(1_500_000))],
  ['nothing but line ends', 'a.csv', () => utf8('\n'.repeat(10_000_000))],
  ['nothing but spaces', 'a.txt', () => utf8(' '.repeat(10_000_000))],
  ['one endless number', 'a.json', () => utf8('1'.repeat(10_000_000))],
  ['an open brace a line', 'a.json', () => utf8('{\n'.repeat(5_000_000))],
  ['YAML nested deep', 'a.yaml', () => utf8('['.repeat(400_000))],
  ['YAML that unfolds', 'a.yaml', () => utf8(lolYaml())],
  ['TOML nested deep', 'a.toml', () => utf8(`a=${'['.repeat(400_000)}`)],
  ['TOML with a key of many parts', 'a.toml', () => utf8(`${'a.'.repeat(200_000)}b=1`)],
  ['a log of one line', 'a.log', () => utf8('2024-05-01T10:00:00Z ERROR '.repeat(400_000))],
  [
    'a log in which every line is a different error',
    'a.log',
    () =>
      utf8(
        Array.from(
          { length: 200_000 },
          (_, at) => `2024-05-01T10:00:00Z ERROR e${'abcdefghij'[at % 10]}${at.toString(36).replace(/\d/g, 'z')}`,
        ).join('\n'),
      ),
  ],
  ['a trace without an end', 'a.log', () => utf8(`java.lang.Error: x\n${'\tat a.b.C.d(E.java:1)\n'.repeat(400_000)}`)],
  ['beginnings of traces only', 'a.log', () => utf8('Traceback (most recent call last):\n'.repeat(250_000))],
  ['beginnings of private keys', 'a.txt', () => utf8('-----BEGIN RSA PRIVATE KEY-----'.repeat(300_000))],
  ['beginnings of addresses', 'a.txt', () => utf8('http://a:'.repeat(1_000_000))],
  ['beginnings of passwords', 'a.txt', () => utf8('password="'.repeat(1_000_000))],
  ['one endless word', 'a.txt', () => utf8('ghp_'.repeat(2_500_000))],
];

function lolYaml(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 30; at++) lines.push(`a${at}: &a${at} [${`*a${at - 1},`.repeat(9)}]`);
  return lines.join('\n');
}
