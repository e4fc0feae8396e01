<?php
// PHP behind the line protocol; with the path of WordPress's class-phpass.php, that class. Needs php-cli 8.2.
const WORDPRESS_OF_DEBIAN = '6.1.9';
const SYMFONY = 'Symfony/Component/PasswordHasher/autoload.php';
$wordpress = null;
if (isset($argv[1])) {
    require $argv[1];
    $wordpress = new PasswordHash(8, true);
}

/** Debian's php-symfony-password-hasher. */
function symfony(array $ask): object
{
    require_once SYMFONY;
    return new Symfony\Component\PasswordHasher\Hasher\Pbkdf2PasswordHasher('sha512', true, $ask['iterations'], $ask['length']);
}

/** A password of MediaWiki's classes, from Debian's package, with the one of their exceptions that lies elsewhere. */
function mediawiki(string $digest): object
{
    if (!class_exists('MWException', false)) {
        eval('class MWException extends Exception {}');
        foreach (['PasswordError', 'Password', 'ParameterizedPassword', 'Pbkdf2Password', 'PasswordFactory'] as $class) {
            require_once __DIR__ . "/downloads/mediawiki/$class.php";
        }
    }
    $factory = new PasswordFactory(['pbkdf2' => ['class' => 'Pbkdf2Password', 'algo' => 'sha512', 'cost' => '30000', 'length' => '64']], 'pbkdf2');
    return $factory->newFromCiphertext($digest);
}

/** A digest of MediaWiki with an empty hash, filled in. */
function hash_mediawiki(array $ask, string $password): string
{
    $salt = base64_encode(base64_decode($ask['salt']));
    $made = mediawiki(":pbkdf2:{$ask['algorithm']}:{$ask['iterations']}:{$ask['length']}:$salt:");
    $made->crypt($password);
    return $made->toString();
}

/** HMAC, and further ones over the hexadecimal of the last. */
function hmac_loop(array $ask, string $password): string
{
    for ($hash = $password, $left = $ask['iterations']; $left > 0; $left--) {
        $hash = hash_hmac($ask['algorithm'], $hash, base64_decode($ask['salt']));
    }
    return hex2bin($hash);
}

function hash_it(array $ask, string $password, $wordpress): array
{
    $raw = match ($ask['scheme']) {
        'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512' => hash($ask['scheme'], $password, true),
        'pbkdf2' => hash_pbkdf2(
            str_replace('_', '-', $ask['algorithm']), $password, base64_decode($ask['salt']), $ask['iterations'], $ask['length'], true
        ),
        'pbkdf2_sha256_django' => hash_pbkdf2('sha256', $password, $ask['salt'], $ask['iterations'], 32, true),
        'hmac_loop' => hmac_loop($ask, $password),
        default => null,
    };
    if ($raw !== null) return ['checksum' => base64_encode($raw)];
    return match ($ask['scheme']) {
        'bcrypt' => ['digest' => crypt($password, $ask['setting'])],
        'pbkdf2_sha512_symfony' => ['checksum' => symfony($ask)->hash($password, base64_decode($ask['salt']))],
        'mediawiki' => ['digest' => hash_mediawiki($ask, $password)],
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
        'verify' => ['verified' => $ask['scheme'] === 'mediawiki' ? mediawiki($ask['digest'])->verify($password) : ($wordpress
            ? $wordpress->CheckPassword($password, $ask['digest'])
            : password_verify($password, $ask['digest']))],
    };
    echo json_encode($answer), "\n";
}
