<?php
// This program puts PHP behind the line protocol; with the path of WordPress's class-phpass.php, that class. Needs php-cli 8.2.
const WORDPRESS_OF_DEBIAN = '6.1.9';
const SYMFONY = 'Symfony/Component/PasswordHasher/autoload.php';
$wordpress = null;
if (isset($argv[1])) {
    require $argv[1];
    $wordpress = new PasswordHash(8, true);
}

/** Hashes with Debian's php-symfony-password-hasher. */
function symfony(array $ask): object
{
    require_once SYMFONY;
    return new Symfony\Component\PasswordHasher\Hasher\Pbkdf2PasswordHasher('sha512', true, $ask['iterations'], $ask['length']);
}

function hash_it(array $ask, string $password, $wordpress): array
{
    $raw = match ($ask['scheme']) {
        'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512' => hash($ask['scheme'], $password, true),
        'pbkdf2' => hash_pbkdf2(
            str_replace('_', '-', $ask['algorithm']), $password, base64_decode($ask['salt']), $ask['iterations'], $ask['length'], true
        ),
        'pbkdf2_sha256_django' => hash_pbkdf2('sha256', $password, $ask['salt'], $ask['iterations'], 32, true),
        default => null,
    };
    if ($raw !== null) return ['checksum' => base64_encode($raw)];
    return match ($ask['scheme']) {
        'bcrypt' => ['digest' => crypt($password, $ask['setting'])],
        'pbkdf2_sha512_symfony' => ['checksum' => symfony($ask)->hash($password, base64_decode($ask['salt']))],
        'phpass' => ['digest' => $wordpress->crypt_private($password, $ask['setting'])],
        default => ['error' => 'unknown scheme'],
    };
}

while (($line = fgets(STDIN)) !== false) {
    $ask = json_decode($line, true);
    $password = base64_decode($ask['password'] ?? '');
    $answer = match ($ask['op']) {
        'version' => ['version' => $wordpress ? WORDPRESS_OF_DEBIAN . ', PHP ' . PHP_VERSION : PHP_VERSION],
        'hash' => hash_it($ask, $password, $wordpress),
        'verify' => ['verified' => $wordpress
            ? $wordpress->CheckPassword($password, $ask['digest'])
            : password_verify($password, $ask['digest'])],
    };
    echo json_encode($answer), "\n";
}
