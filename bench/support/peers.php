<?php
// This program answers questions of peers-programs.mjs, a line each: kind, calls, fields in hexadecimal, between tabs. The
// answer is 1 where every call matched, 0 where none did, and the milliseconds they took.

function phpass(string $password, string $digest): string
{
    // The loop of wp-includes/class-phpass.php, and its alphabet; Drupal 7 has it with SHA-512, and cuts what it stores.
    $algorithm = $digest[1] === 'S' ? 'sha512' : 'md5';
    $itoa64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    $count = 1 << strpos($itoa64, $digest[3]);
    $state = hash($algorithm, substr($digest, 4, 8) . $password, true);
    do {
        $state = hash($algorithm, $state . $password, true);
    } while (--$count);
    $text = substr($digest, 0, 12);
    for ($at = 0; $at < strlen($state); $at += 3) {
        $group = str_pad(substr($state, $at, 3), 3, "\0");
        $value = ord($group[0]) | (ord($group[1]) << 8) | (ord($group[2]) << 16);
        for ($place = 0; $place < 4; $place++) {
            $text .= $itoa64[($value >> (6 * $place)) & 63];
        }
    }
    return substr($text, 0, strlen($digest));
}

// With an argument it says whether this build has all that it may be asked for.
if ($argc > 1) {
    if (defined('PASSWORD_ARGON2ID')) {
        exit(0);
    }
    fwrite(STDERR, "a build without Argon2\n");
    exit(1);
}

$kinds = [
    'password_verify' => fn($password, $digest) => password_verify($password, $digest),
    'phpass' => fn($password, $digest) => hash_equals($digest, phpass($password, $digest)),
    'pbkdf2' => fn($password, $checksum, $salt, $algorithm, $iterations) => hash_equals(
        $checksum,
        hash_pbkdf2($algorithm, $password, $salt, (int) $iterations, strlen($checksum)),
    ),
    'hash' => fn($password, $checksum, $algorithm) => hash_equals($checksum, hash($algorithm, $password)),
];

while (($line = fgets(STDIN)) !== false) {
    $parts = explode("\t", rtrim($line, "\n"));
    if ($parts[0] === 'version') {
        echo 'PHP ', PHP_VERSION, "\n";
        continue;
    }
    $check = $kinds[$parts[0]];
    $fields = array_map('hex2bin', array_slice($parts, 2));
    $calls = (int) $parts[1];
    $matches = 0;
    $start = hrtime(true);
    for ($call = 0; $call < $calls; $call++) {
        $matches += $check(...$fields) ? 1 : 0;
    }
    $milliseconds = (hrtime(true) - $start) / 1e6;
    if ($matches !== 0 && $matches !== $calls) {
        exit(1);
    }
    echo $matches === 0 ? 0 : 1, "\t", $milliseconds, "\n";
}
