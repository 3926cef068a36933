"""The few lines of Python in README that verify a webhook do what they say, on the specification's own example."""
import re
import sys
import unittest.mock

README = sys.argv[1]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
HEADERS = {"webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
           "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}


def main():
    with open(README, encoding="utf-8") as file:
        code = re.search(r"```python\n(.*?def verify.*?)```", file.read(), re.DOTALL)[1]
    told = {}
    exec(code, told)  # our own README
    verify = told["verify"]
    two = {**HEADERS, "webhook-signature": "v1,AAAA " + HEADERS["webhook-signature"]}
    with unittest.mock.patch("time.time", return_value=1614265330 + 200):
        assert verify(SECRET, HEADERS, BODY)
        assert verify(SECRET, two, BODY)
        assert not verify(SECRET, HEADERS, BODY + b" ")
        assert not verify("whsec_" + "A" * 32, HEADERS, BODY)
        assert not verify(SECRET, {**HEADERS, "webhook-id": "msg_other"}, BODY)
    with unittest.mock.patch("time.time", return_value=1614265330 + 301):
        assert not verify(SECRET, HEADERS, BODY)


main()
