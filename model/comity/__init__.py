"""comity: can an international organization deepen integration while domestic political systems stay diverse?"""
