<?php
// Answers phpass.py: what WordPress's own class makes of passwords and settings, and whether it lets a password in.
//
//     php vectors/generators/phpass.php class-phpass.php < tasks.json
//
// tasks.json: a list of [password in hex, digest or its first twelve characters]. The answer: a list of [digest, let in].
// Needs php-cli 8.2 and wp-includes/class-phpass.php of WordPress 6.1.9.

require $argv[1];
$wordpress = new PasswordHash(8, true);

$answers = [];
foreach (json_decode(stream_get_contents(STDIN)) as [$passwordHex, $setting]) {
    $password = hex2bin($passwordHex);
    $answers[] = [$wordpress->crypt_private($password, $setting), $wordpress->CheckPassword($password, $setting)];
}
echo json_encode($answers);
